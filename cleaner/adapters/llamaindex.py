"""LlamaIndex: a transformation for ingestion pipelines. Needs the extra ``llamaindex``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cleaner.adapters._fields import OWN, Metadata, body_of, chosen, cleaned, identity, needed
from cleaner.pipeline import Pipeline

with needed("llamaindex"):
    from llama_index.core.schema import BaseNode, MetadataMode, TransformComponent
    from pydantic import PrivateAttr, computed_field


class ArticleCleaner(TransformComponent):
    """Makes each node's content the body of its article, and adds the fields to its metadata.

    Ids and metadata are carried through; ``cleaner_removed`` and ``cleaner_blocks`` hold offsets
    into the content as it was, and are kept out of what is embedded and shown to a model. Where
    there is no article, the content stays as it is and ``cleaner_error`` names the error. Put it
    before the node parser.

    It is a plain record of its settings, so that pipelines can be stored, cached and run in
    several processes; therefore it takes a configuration file and no pipeline. Vector stores with
    flat metadata take only texts and numbers: for these say ``flat=True``.

    Attributes:
        config: a configuration file; the built-in stages and rules unless given.
        overwrite: whether fields take the place of metadata that are there already.
        offsets: whether to add ``cleaner_removed`` and ``cleaner_blocks``.
        prefix: what the fields' names begin with in the metadata.
        flat: whether every value has to be a text: names are joined by ", ", offsets are JSON.

    Raises:
        ConfigError: the configuration file has a mistake in it.
    """

    config: str | None = None
    overwrite: bool = False
    offsets: bool = True
    prefix: str = ""
    flat: bool = False

    _pipeline: Pipeline = PrivateAttr()

    def model_post_init(self, context: Any, /) -> None:
        """Read the configuration file, so that a mistake in it is told at once."""
        self._pipeline = chosen(None, self.config)

    @classmethod
    def class_name(cls) -> str:
        """The name by which the host knows the component when it is stored."""
        return "ArticleCleaner"

    @computed_field
    def version(self) -> str:
        """What cleans: with it, a cache never gives what other rules made."""
        return identity(self._pipeline)

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> Sequence[BaseNode]:
        """Clean nodes.

        Args:
            nodes: the nodes; they are not changed.
            kwargs: not used.

        Returns:
            As many nodes, in the same order.
        """
        metadata = Metadata(
            overwrite=self.overwrite, offsets=self.offsets, prefix=self.prefix, flat=self.flat
        )
        texts = [node.get_content(metadata_mode=MetadataMode.NONE) for node in nodes]
        results = []
        for node, text, found in zip(nodes, texts, cleaned(texts, self._pipeline), strict=True):
            result = node.model_copy(
                update={
                    "metadata": metadata.merged(node.metadata, found),
                    "excluded_embed_metadata_keys": _with_own(node.excluded_embed_metadata_keys),
                    "excluded_llm_metadata_keys": _with_own(node.excluded_llm_metadata_keys),
                }
            )
            body = body_of(found, text)
            if body != text:
                result.set_content(body)
            results.append(result)
        return results


def _with_own(keys: list[str]) -> list[str]:
    return [*keys, *(key for key in OWN if key not in keys)]
