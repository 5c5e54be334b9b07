"""Haystack: a component for pipelines. Needs the extra ``haystack``."""

from dataclasses import replace
from typing import Any

from cleaner.adapters._fields import Metadata, body_of, chosen, cleaned, needed
from cleaner.article import Article
from cleaner.errors import InputError

with needed("haystack"):
    from haystack import Document, component, default_from_dict, default_to_dict


@component
class ArticleCleaner:
    """Makes each document's content the body of its article, and adds the fields to its meta.

    Meta is carried through; ``cleaner_removed`` and ``cleaner_blocks`` hold offsets into the
    content as it was. Where there is no article, the content stays as it is and ``cleaner_error``
    names the error; a document without content is passed on as it is. Put it before the splitter.

    It is stored with its settings, and therefore takes a configuration file and no pipeline. Meta
    may hold anything that JSON can, but some document stores take only texts and numbers: for
    these say ``flat=True``.

    Args:
        config: a configuration file; the built-in stages and rules unless given.
        keep_id: whether documents keep their ids; otherwise they get new ones, made of what they
            hold now.
        overwrite: whether fields take the place of meta that is there already.
        offsets: whether to add ``cleaner_removed`` and ``cleaner_blocks``.
        prefix: what the fields' names begin with in the meta.
        flat: whether every value has to be a text: names are joined by ", ", offsets are JSON.

    Raises:
        ConfigError: the configuration file has a mistake in it.
    """

    def __init__(
        self,
        config: str | None = None,
        keep_id: bool = False,
        overwrite: bool = False,
        offsets: bool = True,
        prefix: str = "",
        flat: bool = False,
    ) -> None:
        self._settings = {
            "config": config,
            "keep_id": keep_id,
            "overwrite": overwrite,
            "offsets": offsets,
            "prefix": prefix,
            "flat": flat,
        }
        self._keep_id = keep_id
        self._metadata = Metadata(overwrite=overwrite, offsets=offsets, prefix=prefix, flat=flat)
        self._pipeline = chosen(None, config)

    def to_dict(self) -> dict[str, Any]:
        """The component's settings, for storing it."""
        stored: dict[str, Any] = default_to_dict(self, **self._settings)
        return stored

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "ArticleCleaner":
        """The component of which ``to_dict`` gave the settings."""
        made: ArticleCleaner = default_from_dict(cls, data)
        return made

    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]) -> dict[str, Any]:
        """Clean documents.

        Args:
            documents: the documents; they are not changed.

        Returns:
            Under ``documents`` as many documents, in the same order.
        """
        texts = [document.content for document in documents if document.content is not None]
        results = cleaned(texts, self._pipeline)
        return {
            "documents": [
                document if document.content is None else self._told(document, next(results))
                for document in documents
            ]
        }

    def _told(self, document: Document, found: Article | InputError) -> Document:
        return replace(
            document,
            id=document.id if self._keep_id else "",
            content=body_of(found, document.content),
            meta=self._metadata.merged(document.meta, found),
        )
