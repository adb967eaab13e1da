"""What relations of arguments mean, once all premises and conclusions are known."""

from collections.abc import Iterable

from argmap.formats.argdown.model import SYMMETRIC, Conclusion, Model, Node, Relation


def settled(model: Model) -> None:
    """Move relations to where they hold, and merge those that become one.

    What an argument with a conclusion does, its conclusion does; what undercuts such an
    argument undercuts its last inference. In strict mode support and attack between
    statements are entailment and (symmetric) contrariety. An attack on an argument goes
    without saying where the same statement attacks one of its premises.
    """
    moved = (_moved(model, relation) for relation in model.relations)
    model.relations = _unique(relation for relation in moved if relation is not None)
    if model.is_strict:
        model.relations = _unique(map(_strict, model.relations))
    against = {
        (r.source, r.target)
        for r in model.relations
        if r.type in ("attack", *SYMMETRIC)
    }
    against |= {(r.target, r.source) for r in model.relations if r.type in SYMMETRIC}
    attacked: dict[Node, set[str]] = {}
    for source, target in against:
        if target.type == "statement":
            attacked.setdefault(source, set()).add(target.title)
    premises = {
        title: {s.title for s in argument.steps if not isinstance(s, Conclusion)}
        for title, argument in model.arguments.items()
    }
    model.relations = [
        relation
        for relation in model.relations
        if relation.type != "attack"
        or relation.source.type != "statement"
        or relation.target.type != "argument"
        or attacked.get(relation.source, set()).isdisjoint(
            premises[relation.target.title]
        )
    ]


def _moved(model: Model, relation: Relation) -> Relation | None:
    source, target = relation.source, relation.target
    if source.type == "argument" and (steps := model.arguments[source.title].steps):
        source = Node("statement", steps[-1].title)
        if source == target:  # what an argument is for, it says already
            return None
    if (
        relation.type == "undercut"
        and target.type == "argument"
        and (steps := model.arguments[target.title].steps)
    ):
        target = Node("inference", target.title, len(steps) - 1)
    return Relation(relation.type, source, target, relation.offset, relation.data)


def _strict(relation: Relation) -> Relation:
    if relation.source.type == relation.target.type == "statement":
        if relation.type == "support":
            relation.type = "entails"
        elif relation.type == "attack":
            relation.type = "contrary"
    return relation


def _unique(relations: Iterable[Relation]) -> list[Relation]:
    known: dict[tuple[str, Node, Node], Relation] = {}
    for relation in relations:
        ends = relation.source, relation.target
        if relation.type in SYMMETRIC and (relation.type, *ends[::-1]) in known:
            continue
        known.setdefault((relation.type, *ends), relation)
    return list(known.values())
