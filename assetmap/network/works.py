"""All that pages need of a large network, as `manage.py work_networks` works it out for them."""

from .picture.layout import layout_of
from .readings.figures import figures_of
from .readings.groups import groups_of
from .readings.place import separations_of
from .worked import collective_of, position_of, reach_of, resources_of, structure_of

WORKS = {
    "position": position_of,
    "structure": structure_of,
    "collective": collective_of,
    "resources": resources_of,
    "reach": reach_of,
    "layout": layout_of,
    "readings": figures_of,
    "groups": groups_of,
    "separations": separations_of,
}
