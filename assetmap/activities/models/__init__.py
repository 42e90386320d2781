from .activity import Activity

__all__ = ["Activity"]
