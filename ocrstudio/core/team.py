"""The work of a colleague beside ours: what a merge would change, what must be decided, and how far both agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ocrstudio.core.agreement import Agreement, agreement
from ocrstudio.core.merge import Choice, PageMerge, merge_pages
from ocrstudio.core.page import Page, PageState

_WORKED_ON = frozenset({PageState.EDITED, PageState.CHECKED})


@dataclass(frozen=True)
class MergePlan:
    """What merging a colleague's work would do.

    Attributes:
        merges: Page file to its merge, for the pages that would change or have something to decide.
        unknown: Files of the colleague's labelled pages that the project does not have.
        agreement: Over the pages that both worked on.
    """

    merges: Mapping[str, PageMerge] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    agreement: Agreement = field(default_factory=Agreement)

    @property
    def conflicts(self) -> int:
        """How many decisions are open."""
        return sum(len(merge.conflicts) for merge in self.merges.values())

    @property
    def taken(self) -> int:
        """How many of the colleague's changes are taken over without a question."""
        return sum(merge.taken for merge in self.merges.values())

    def pages(self, choices: Mapping[str, Sequence[Choice | None]]) -> dict[str, Page]:
        """The merged pages by file, without those that stay as they are.

        Args:
            choices: Page file to the decisions about its conflicts, in order; see `PageMerge.page`.
        """
        merged = {file: merge.page(choices.get(file, ())) for file, merge in self.merges.items()}
        return {file: page for file, page in merged.items() if page is not self.merges[file].ours}


def plan_merge(base: Mapping[str, Page], ours: Iterable[Page], theirs: Mapping[str, Page]) -> MergePlan:
    """Compares two versions of a project.

    Args:
        base: Page file to the page both began with; pages may be missing.
        ours: The project's pages; those the colleague does not have are passed over.
        theirs: Page file to the colleague's page.
    """
    merges: dict[str, PageMerge] = {}
    both: list[tuple[Page, Page]] = []
    known = set()
    for page in ours:
        known.add(page.file)
        other = theirs.get(page.file)
        if other is None:
            continue
        start = base.get(page.file)
        if (
            {page.state, other.state} <= _WORKED_ON
            and not _is_unchanged(start, page)
            and not _is_unchanged(start, other)
        ):
            both.append((page, other))
        merge = merge_pages(start, page, other)
        if merge.conflicts or merge.page() is not page:
            merges[page.file] = merge
    unknown = [file for file, page in theirs.items() if file not in known and (page.boxes or page.state in _WORKED_ON)]
    return MergePlan(merges, tuple(unknown), agreement(both))


def _is_unchanged(base: Page | None, page: Page) -> bool:
    return base is not None and merge_pages(base, base, page).taken == 0 and base.state is page.state
