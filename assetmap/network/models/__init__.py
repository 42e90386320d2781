from .meeting import Meeting
from .recognition import Recognition
from .verdict import Verdict

__all__ = ["Meeting", "Recognition", "Verdict"]
