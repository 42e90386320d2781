def may_write(user, organiser):
    """Whether a user may write down what an asset holds: whoever may change the asset.

    Where the area is moderated, words of hers wait for a coordinator; see waiting.py.
    """
    return organiser.is_editable_by(user)
