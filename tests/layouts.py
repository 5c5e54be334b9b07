"""Pages of three made-up sites, each with a layout of its own, around any article."""

# ruff: noqa: E501  # markup reads better unbroken
from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from cleaner.article import BlockKind

Blocks = Sequence[tuple[BlockKind, str]]


def article_html(blocks: Blocks, heading: str = "h2") -> str:
    """The blocks of a body as a page marks them up."""
    parts: list[str] = []
    for number, (kind, text) in enumerate(blocks):
        before = blocks[number - 1][0] if number else None
        after = blocks[number + 1][0] if number + 1 < len(blocks) else None
        if kind == "heading":
            parts.append(f"<{heading}>{escape(text)}</{heading}>")
        elif kind == "list_item":
            item = f"<li>{escape(text.lstrip('• '))}</li>"
            parts.append(
                ("" if before == kind else "<ul>") + item + ("" if after == kind else "</ul>")
            )
        elif kind == "table_row":
            cells = "".join(f"<td>{escape(cell)}</td>" for cell in text.split("\t"))
            row = f"<tr>{cells}</tr>"
            parts.append(
                ("" if before == kind else "<table>") + row + ("" if after == kind else "</table>")
            )
        else:
            parts.append(f"<p>{escape(text)}</p>")
    return "\n".join(parts)


def newspaper(title: str, blocks: Blocks) -> str:
    """A daily's page: landmarks, JSON-LD, a share bar, related stories, a footer of links."""
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(title)} | Harbour Gazette</title>
<meta property="og:site_name" content="Harbour Gazette">
<link rel="canonical" href="https://gazette.example/city/trams">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "{escape(title)}", "datePublished": "2024-03-05T06:00:00+01:00",
"author": [{{"@type": "Person", "name": "Ann Bell"}}]}}</script>
<style>.nav {{ color: red }}</style></head>
<body><header><a href="/">Harbour Gazette</a><nav class="main-nav"><ul>
<li><a href="/city">City</a></li><li><a href="/sport">Sport</a></li><li><a href="/ads">Classifieds</a>
</li></ul></nav></header>
<main><article><h1>{escape(title)}</h1>
<div class="byline">By <a rel="author" href="/staff/ann-bell">Ann Bell</a>
<time datetime="2024-03-05T06:00">5 March 2024</time></div>
<div class="share-bar"><a href="https://social.example/share?u=1">Share</a> <button>Copy link</button></div>
<div class="article-body">{article_html(blocks)}</div>
<div class="newsletter-signup"><p>Get our stories in your inbox</p><form><input><button>Sign up</button>
</form></div></article>
<section class="related"><h3>More from the city desk</h3><ul>
<li><a href="/city/1">Ferry workers vote on new hours</a></li>
<li><a href="/city/2">Why the fish market moves next spring</a></li>
<li><a href="/city/3">A bridge, a bay and a very long wait</a></li></ul></section></main>
<footer><a href="/about">About us</a> <a href="/privacy">Privacy</a> <p>© 2024 Harbour Gazette</p></footer>
<script>var tracking = "on";</script></body></html>"""


def weblog(title: str, blocks: Blocks) -> str:
    """A weblog's page: no landmarks, a sidebar, comments below the entry."""
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>Notes from the quay: {escape(title)}</title></head><body class="single-post">
<div id="page"><div id="masthead"><p class="site-title"><a href="/">Notes from the quay</a></p>
<div class="menu-container"><ul class="menu"><li class="menu-item"><a href="/">Home</a></li>
<li class="menu-item"><a href="/about">About</a></li></ul></div></div>
<div id="content"><div class="post hentry"><h1 class="entry-title">{escape(title)}</h1>
<div class="entry-content">{article_html(blocks, "h3")}</div>
<div class="entry-meta">Filed under <a rel="tag" href="/tag/trams/">trams</a></div></div>
<div id="comments"><h3>2 thoughts on this entry</h3><ol class="comment-list">
<li class="comment"><div class="comment-author vcard">Lee</div><div class="comment-meta">
<a href="#c1">March 6, 2024 at 9:12 am</a></div><p>Good to read that, I had no idea.</p>
<a class="comment-reply-link" href="?replytocom=1#respond">Reply</a></li>
<li class="comment"><div class="comment-author vcard">Mia</div><div class="comment-meta">
<a href="#c2">March 6, 2024 at 11:40 am</a></div><p>Me neither!</p>
<a class="comment-reply-link" href="?replytocom=2#respond">Reply</a></li></ol>
<div id="respond"><h3>Leave a comment</h3><form><textarea></textarea><button>Post comment</button></form>
</div></div></div>
<div id="secondary" class="widget-area"><div class="widget"><h2 class="widget-title">Recent posts</h2>
<ul><li><a href="/a">What the gulls know</a></li><li><a href="/b">Rain again, and more of it</a></li></ul>
</div><div class="widget"><h2 class="widget-title">Archives</h2><ul><li><a href="/2024/03">March 2024</a>
</li><li><a href="/2024/02">February 2024</a></li></ul></div></div>
<div id="colophon"><a href="https://press.example/">Proudly powered by Press</a></div></div></body></html>"""


def portal(title: str, blocks: Blocks) -> str:
    """An old portal's page: laid out by tables, in capitals, with a cookie note on top."""
    return f"""<HTML><HEAD><TITLE>{escape(title)}</TITLE></HEAD><BODY>
<DIV ID="cookie-consent" STYLE="display:block">We use cookies to improve your visit.
<A HREF="/cookies">Learn more</A> <A HREF="#" CLASS="accept">Accept all</A></DIV>
<TABLE WIDTH="100%"><TR><TD COLSPAN=3 CLASS="top"><A HREF="/">Front page</A> | <A HREF="/money">Money</A>
| <A HREF="/tech">Technology</A> | <A HREF="/weather">Weather</A></TD></TR>
<TR><TD CLASS="left" VALIGN=top><UL><LI><A HREF="/money/1">Markets today</A><LI><A HREF="/money/2">Rates</A>
<LI><A HREF="/money/3">Calendar</A></UL></TD>
<TD CLASS="story" VALIGN=top><H1>{escape(title)}</H1>
{article_html(blocks)}
<DIV CLASS="tools"><A HREF="/print">Print this page</A> <A HREF="/mail">Send to a friend</A></DIV></TD>
<TD CLASS="right" VALIGN=top><DIV CLASS="promo"><B>Most read</B><BR>
<A HREF="/1">Ten ways to save on heating</A><BR><A HREF="/2">The hill that would not move</A><BR>
<A HREF="/3">Trains run late again</A></DIV></TD></TR>
<TR><TD COLSPAN=3 CLASS="bottom">Copyright 2024 The Portal. All rights reserved.</TD></TR></TABLE>
</BODY></HTML>"""


LAYOUTS: dict[str, Callable[[str, Blocks], str]] = {
    "newspaper": newspaper,
    "weblog": weblog,
    "portal": portal,
}
