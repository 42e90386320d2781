from .approval import Approval
from .consent import Consent
from .introduction import Introduction
from .resident import Resident

__all__ = ["Approval", "Consent", "Introduction", "Resident"]
