from .imports import Import, ImportRow, Mapping
from .merge import Merge
from .token import Token

__all__ = ["Import", "ImportRow", "Mapping", "Merge", "Token"]
