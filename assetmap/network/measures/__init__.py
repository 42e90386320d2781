"""What ties make of people, groups and an area: one measure for each definition of social capital.

position    an advantage of place in a structure (Burt)
reach       the resources that can be reached through one's ties (Bourdieu)
collective  what all ties are worth to all (Putnam)
structure   what would fall apart, and what stands alone
"""
