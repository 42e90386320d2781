from .aside import Aside
from .contact import Contact, Message
from .recipe import Recipe
from .saved import SavedSearch

__all__ = ["Aside", "Contact", "Message", "Recipe", "SavedSearch"]
