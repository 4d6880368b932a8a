"""What programs put on the clipboard as HTML, in the shapes they write it: short, and with their peculiarities."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><title>Ports</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt;} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoTitle>What the ports agreed<o:p></o:p></p>
<p class=MsoNormal>The paper, seen by us, is <b style='mso-bidi-font-weight:normal'>eleven</b> pages <i>long</i>,
and calls the tariff “a mistake”.<o:p></o:p></p>
<h1>What it says</h1>
<p class=MsoNormal>Read <a href="https://www.example.org/report">the report</a><span style='mso-spacerun:yes'>
</span>here.</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoQuote>We were not asked.<o:p></o:p></p>
<!--EndFragment--></body></html>"""

WORD_LISTS = """<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Steel<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if
!supportLists]><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span><![endif]>Rails<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]><b>Grain</b> and oats<o:p></o:p></p>
<p class=MsoNormal>In this order:</p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>Unload<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>2.<span>&nbsp; </span></span><![endif]>Count<o:p></o:p></p>"""

WORD_TRACKED = """<p class=MsoNormal>The port <del cite="mailto:Ana%20Beltran" datetime="2026-03-01T10:12">may
open</del><ins
cite="mailto:Ana%20Beltran" datetime="2026-03-01T10:12">opens</ins> on <a
style='mso-comment-reference:AB_1;mso-comment-date:
20260301T1013'>Monday</a><span class=MsoCommentReference><span style='font-size:8.0pt'><![if !supportAnnotations]><a
class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[AB1]</a><![endif]><span
style='mso-special-character:comment'>&nbsp;</span></span></span>.<span style='display:none;mso-hide:all'> Source:
the mayor, not for print.</span></p>
<div style='mso-element:comment-list'><hr class=msocomoff><div style='mso-element:comment'><div id="_com_1"
class=msocomtxt>
<p class=MsoCommentText>Are we sure of this?</p></div></div></div>"""

WORD_FOOTNOTES = """<p class=MsoNormal>Exports fell by a third.<a style='mso-footnote-id:ftn1' href="#_ftn1"
name="_ftnref1"
title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span
class=MsoFootnoteReference><span style='font-size:11.0pt'>[1]</span></span><![endif]></span></span></a> Nobody said
why.</p>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1
width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1"
name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> Customs office, <i>Yearbook</i>, p.
14.</p></div></div>"""

WORD_TABLE = """<table class=MsoTableGrid border=1 cellspacing=0><tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'>
<td width=200 valign=top><p class=MsoNormal><b>Port<o:p></o:p></b></p></td><td><p
class=MsoNormal><b>Tonnes</b></p></td></tr>
<tr><td><p class=MsoNormal>Elba | north</p></td><td><p class=MsoNormal align=right>1,200</p></td></tr></table>"""

GOOGLE_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1a2b"><h2 dir="ltr"
style="line-height:1.38;"><span style="font-size:16pt;font-weight:700;">The deal</span></h2><p dir="ltr"
style="line-height:1.38;"><span style="font-weight:400;font-style:normal;">It is </span><span
style="font-weight:700;">not
</span><span style="font-weight:700;font-style:italic;">signed</span><span style="font-weight:400;">, says </span><a
href="https://www.google.com/url?q=https://www.example.org/a?b%3D1&amp;sa=D&amp;source=docs&amp;ust=17"
style="text-decoration:none;"><span style="color:#1155cc;">the ministry</span></a><span>.</span></p><br /><ul
style="margin-top:0;"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>Steel</span></p></li><ul><li
dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span>Rails</span></p></li></ul><li dir="ltr"
aria-level="1"><p
dir="ltr" role="presentation"><span>Grain</span></p></li></ul><p><img src="https://lh3.googleusercontent.com/x"
width="600" /></p></b><br class="Apple-interchange-newline">"""

GOOGLE_DOCS_NOTES = """<p><span>Exports fell.</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span> Imports
rose.</span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><hr><div><p><a href="#ftnt_ref1"
id="ftnt1">[1]</a><span>
 Customs office.</span></p></div><div style="border:1px solid black"><p><a href="#cmnt_ref1"
id="cmnt1">[a]</a><span>Check
this.</span></p></div>"""

PAGES = """<!DOCTYPE html><html><head><meta name="Generator" content="Cocoa HTML Writer"><style type="text/css">
p.p1 {margin: 0.0px; font: 11.0px 'Helvetica Neue'} span.s1 {text-decoration: underline}</style></head><body>
<p class="p1">The harbour is <b>shut</b>.<span class="Apple-converted-space"> </span>So says
<a href="https://www.example.org/"><span class="s1">the mayor</span></a>.</p>
<p class="p2"><br></p>
<ol class="ol1"><li class="li1"><span class="s2"></span>Unload</li><li class="li1">Count</li></ol></body></html>"""

LIBREOFFICE = """<html><head><meta name="generator" content="LibreOffice 24.2 (Linux)"/><style>p { margin: 0
}</style></head>
<body lang="en-GB" link="#000080" dir="ltr"><h1 class="western">The quay</h1>
<p style="line-height: 115%; margin-bottom: 0.25cm">It sank<a class="sdfootnoteanc" name="sdfootnote1anc"
href="#sdfootnote1sym"><sup>1</sup></a> in <font color="#c00000"><b>May</b></font>.</p>
<blockquote>We saw it coming.</blockquote>
<ul><li><p style="margin-bottom: 0cm">North</p></li><li><p>South</p></li></ul>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym"
href="#sdfootnote1anc">1</a>By
two metres.</p><p class="sdfootnote">So the survey.</p></div></body></html>"""

WEB_PAGE = """<meta charset="utf-8"><div style="font-family: Arial; display: inline !important;"><h3
style="font-weight:600;">In
short</h3><p>The <strong>strike</strong> is <em>over</em>.<script>steal()</script><style>p{}</style></p><figure><img
src="https://tracker.example/1.gif" alt="A crane" onerror="steal()"><figcaption>A
crane.</figcaption></figure><blockquote
cite="https://example.org"><p>Finally.</p></blockquote><p>See <a href="javascript:steal()">this</a> and
<a href="/about/">that</a>.</p><p hidden>Nobody reads this.</p></div>"""

WIKIPEDIA = """<p>Elba is a port.<sup id="cite_ref-1" class="reference"><a
href="#cite_note-1"><span>[</span>1<span>]</span></a>
</sup> It is old.</p><ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><b><a
href="#cite_ref-1">^</a>
</b></span> <span class="reference-text">Smith, <i>Ports</i>.</span></li></ol>"""

SPREADSHEET = """<google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #ccc;}--></style><table
xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" dir="ltr"><colgroup><col width="100"/><col
width="100"/></colgroup><tbody>
<tr style="height:21px;"><td style="font-weight:bold;">Port</td><td
style="font-weight:bold;">Tonnes</td></tr><tr><td>Elba</td>
<td style="text-align:right;">1200</td></tr></tbody></table></google-sheets-html-origin>"""

MAIL = """<div dir="ltr"><div>Dear desk,</div><div><br></div><div>please read <a
href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.org%2Fnote&amp;data=05">this
note</a>.</div>
</div>"""
