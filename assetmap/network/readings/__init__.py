"""What the ties of an area tell, in words; each reading is a module of its own.

groups    what each layer and cluster is to the whole
joining   who joins us up
heroes    the unsung heroes
apart     what would fall apart
alone     who is on their own
across    which kinds of assets are tied to which
circle    whether it is a closed circle

Each has a function that works its figures out of the network (keys and numbers, which may be kept)
and one that tells them with the names that whoever looks may read.
"""
