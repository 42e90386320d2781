"""Moderation of activities: new words of whoever keeps a group wait for a coordinator.

As with assets: what is new waits as a whole, and of what others see already new words wait one by
one while the old ones stand. Times, places and taking words away are at once.
"""

from django.utils.translation import gettext_lazy as _

from assetmap.inventory.moderation import must_wait

from .models.activity import WORDS

WHOLE_WAITS = _("Others see it when a coordinator has looked at it. It waits until then.")
WORDS_WAIT = _("Your new words wait until a coordinator has seen them. The rest is changed now.")


def words_of(activity):
    return {name: getattr(activity, name) for name in WORDS}


def hold(activity, user, was):
    """Let new words of an activity that is not saved yet wait, if they must.

    was: what words_of() gave before, {} for a new one. Returns a sentence if something waits.
    """
    if not must_wait(activity.organiser, user):
        activity.waiting, activity.proposed = False, {}
        return ""
    if not was or activity.waiting:
        activity.waiting = True
        return WHOLE_WAITS
    new = {name: text for name, text in words_of(activity).items() if text and text != was[name]}
    for name in new:
        setattr(activity, name, was[name])
    activity.proposed = {**activity.proposed, **new}
    return WORDS_WAIT if new else ""


def use(activity):
    """Let others see it, with all words that waited."""
    for name, text in activity.proposed.items():
        setattr(activity, name, text)
    activity.waiting, activity.proposed = False, {}
    activity.version += 1
    activity.save()


def drop(activity):
    """Take away the words that waited; the old ones stay."""
    activity.proposed = {}
    activity.version += 1
    activity.save()
