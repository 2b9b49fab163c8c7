"""Who drafts, signs, publishes and assesses the Rules of Operation; who must not."""

from programs.models.editions import DRAFTING, OVERSEEING, drafts_visible_to

__all__ = ["DRAFTING", "OVERSEEING", "drafts_visible_to"]
