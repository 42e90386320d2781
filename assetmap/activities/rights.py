from assetmap.inventory.moderation import must_wait


def may_write(user, organiser):
    """Whether a user may write down what an asset holds.

    Whoever may change the asset, unless new words of hers would have to wait for a coordinator.
    """
    return organiser.is_editable_by(user) and not must_wait(organiser, user)
