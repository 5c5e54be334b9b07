"""What workers need for pages and texts, loaded once by the process that they are forked from.

It is imported for what that does, and by that process alone.
"""

from __future__ import annotations

from cleaner.corpus.warm_texts import warm

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head><title>The harbour opens again</title></head>
<body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article>
<h1>The harbour opens again</h1>
<p>By Ann Lee, 3 May 2021</p>
<p>The tide came late, and nobody on the quay noticed it until the evening, when the boats were back
already. The keeper said that he had not seen so long a wait in all of the year.</p>
</article>
<footer>All rights reserved</footer>
</body>
</html>
"""

warm(_PAGE)
