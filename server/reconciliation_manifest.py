"""What the reconciliation service offers, and where: its manifest."""

from importlib.metadata import version

from simpul.queries.lookup import KINDS

from .reconciliation_input import BATCH
from .reconciliation_schema import SCHEMA, Schema, words

USUAL_TYPES = frozenset(KINDS) - {"unnamed", "release", "topic", "ecosystem"}
"""The types that lists are usually of."""
WIDTH, HEIGHT = 400, 160
"""The size of a preview, in pixels."""

Json = dict[str, object]


def manifest(schema: Schema, title: str, root: str, documentation: str) -> Json:
    """The manifest of the service of a graph of this title, at `root`.

    Source: Reconciliation Service API 0.2, section 3.1.
    """
    say = words().say
    usual = [type_ for type_ in schema.types if type_.id in USUAL_TYPES]

    def suggested(what: str) -> dict[str, str]:
        return {
            "service_url": root,
            "service_path": f"/suggest/{what}",
            "flyout_service_url": root,
            "flyout_service_path": f"/flyout/{what}?id=${{id}}",
        }

    return {
        "versions": ["0.1", "0.2"],
        "name": say("service", schema.language, title=title),
        "identifierSpace": schema.base,
        "schemaSpace": SCHEMA,
        "serviceVersion": version("simpul"),
        "documentation": documentation,
        "defaultTypes": [schema.described(type_) for type_ in usual],
        "view": {"url": f"{root}/view?id={{{{id}}}}"},
        "preview": {
            "url": f"{root}/preview?id={{{{id}}}}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {what: suggested(what) for what in ("entity", "type", "property")},
        "extend": {
            "propose_properties": {"service_url": root, "service_path": "/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": say("setting-limit", schema.language),
                    "help_text": say("setting-limit-help", schema.language),
                    "type": "number",
                    "default": 0,
                },
                {
                    "name": "content",
                    "label": say("setting-content", schema.language),
                    "help_text": say("setting-content-help", schema.language),
                    "type": "select",
                    "default": "entity",
                    "choices": [
                        {
                            "value": value,
                            "name": say(f"setting-content-{value}", schema.language),
                        }
                        for value in ("entity", "name")
                    ],
                },
            ],
        },
        "batchSize": BATCH,
    }
