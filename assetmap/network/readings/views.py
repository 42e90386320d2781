from django.views.generic import TemplateView

from ..measures import sentences
from ..measures.reach import usual
from ..names import names_of
from ..pages import NetworkMixin
from ..worked import collective_of, position_of, reach_of
from . import across, alone, apart, circle, groups, heroes, joining
from .figures import figures_of


class ReadingsView(NetworkMixin, TemplateView):
    """What the ties of an area tell whoever looks, in words first."""

    template_name = "network/readings.html"
    needs = ("position", "structure", "collective", "reach", "readings", "groups")

    def get_context_data(self, **kwargs):
        network = self.seen.network
        return super().get_context_data(
            **self.readings(figures_of(self.seen)),
            **self.ways(),
            assets=len(network),
            ties=len(network.ends),
            **kwargs,
        )

    def ways(self):
        """The three ways to look at social capital, each in a sentence or two on the area."""
        position, collective = position_of(self.seen), collective_of(self.seen)
        return {
            "position": sentences.position_of_area(position),
            "estimate": sentences.error_of(position),
            "reach": sentences.reach_of_area(usual(reach_of(self.seen))),
            "density": sentences.density_of_area(collective),
            "bonding": sentences.bonding_of_area(collective),
            "bonding_sector": sentences.bonding_of_area(collective, "sector"),
            "bonding_cluster": sentences.bonding_of_area(collective, "cluster"),
            "centralization": sentences.centralization_of_area(position),
            "reciprocity": sentences.reciprocity_of_area(collective),
            "clusters": sentences.clusters_of_area(collective),
        }

    def readings(self, figures):
        """Each reading by name, told with the names that whoever looks may read."""
        user, area = self.request.user, self.area
        each = groups.groups_of(self.seen)
        many = heroes.heroes(figures.without_a_post, heroes.recognitions_in(area))
        keys = figures.keys | groups.keys_in(each) | {hero.key for hero in many}
        names = names_of(keys, area, user)
        single = alone.single_assets(figures.loose, area, user)
        return {
            "groups": groups.tell(each, names),
            "joining": joining.tell(figures.connectors, names),
            "heroes": heroes.tell(many, names),
            "apart": apart.tell(figures.breaks, names),
            "alone": alone.tell(figures.loose, names, single),
            "across": [
                across.layer_matrix(figures.layers),
                across.sector_matrix(figures.sectors),
            ],
            "circle": circle.tell(figures.years, names),
        }
