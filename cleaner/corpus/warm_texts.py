"""What workers need for texts, loaded once: the process that they are forked from imports this.

It is imported for what that does, and by that process alone.
"""

from __future__ import annotations

import contextlib
import gc

from cleaner.pipeline import Pipeline

_TEXT = """\
Iniciar sesión

El puerto abre de nuevo

Publicado el 3 de mayo de 2021

La marea llegó tarde y nadie en el muelle se dio cuenta de ello hasta la noche siguiente, cuando los
barcos ya habían vuelto. El guarda dijo que no recordaba una espera tan larga en todo el año.

Suscríbete a nuestro boletín
"""
"""A text whose language its function words leave open."""


def warm(data: bytes | str) -> None:
    """Clean an input, for what that loads."""
    # Should anything go wrong here, it does so again where there is somebody to tell.
    with contextlib.suppress(Exception):
        Pipeline()(data)
    gc.collect()
    # What is there stays: to look through it again would only part it from its copies.
    gc.freeze()


# In an encoding that nothing names, so that all of the text path is loaded.
warm(_TEXT.encode("cp1252"))
