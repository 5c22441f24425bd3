"""What word processors and mail programs put on the clipboard keeps its structure and loses its dirt."""

from forum import text

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta
name=Generator content="Microsoft Word 15"><title>Notes</title><style><!-- p.MsoNormal {margin:0cm} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=EN-GB style='tab-interval:35.4pt'><!--StartFragment-->
<p class=MsoTitle>Neighbours' day<o:p></o:p></p>
<h1 style='margin:0cm'><span lang=PL style='font-size:16.0pt'>Materials<o:p></o:p></span></h1>
<p class=MsoNormal lang=DE style='mso-margin-top-alt:auto'><span style='font-family:"Calibri",sans-serif'>Bring <b
style='mso-bidi-font-weight:normal'>paper</b> and <i>glue</i>, see <a href="https://example.org/"><span
style='color:blue;text-decoration:underline'>the list</span></a>.<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>\uf0b7<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>paint<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;&nbsp;</span></span><![endif]>red</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span
style='mso-list:Ignore'>\uf0b7<span>&nbsp;</span></span><!--[endif]-->brushes</p>
<p class=MsoNormal>Then:<o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span
style='font:7.0pt'>&nbsp;&nbsp;</span></span><![endif]>meet</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>2.<span
style='font:7.0pt'>&nbsp;&nbsp;</span></span><![endif]>paint</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='mso-yfti-irow:0'><td width=302
valign=top><p class=MsoNormal><b>City</b><o:p></o:p></p></td><td><p class=MsoNormal>Łódź</p></td></tr></table>
<!--EndFragment--></body></html>"""

DOCS = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span
style="font-size:16pt;font-weight:400;">Plan</span></h2><p dir="ltr" style="line-height:1.38;"><span
style="font-weight:400;font-style:normal;text-decoration:none;">We meet </span><span
style="font-weight:700;font-style:normal;">on Monday</span><span style="font-style:italic;"> outside</span></p><ul
style="margin-top:0;"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>one</span></p></li><ul><li
dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span>inner</span></p></li></ul></ul><br><p><a
href="https://example.org/" style="text-decoration:none;"><span
style="text-decoration:underline;">link</span></a></p></b>"""

WRITER = """<!DOCTYPE HTML><html><head><title></title><style type="text/css">p { margin: 0 }</style></head>
<body lang="pl-PL" link="#000080"><h1 class="western">Zebranie</h1>
<p class="western" align="justify" style="margin-bottom: 0cm"><font face="Liberation Serif"><font size="3">Zapraszamy
<b>wszystkich</b> i <u>każdego</u>.</font></font></p><ol><li><p style="margin-bottom: 0cm">kawa</p></li>
<li><p>herbata</p></li></ol></body></html>"""

MAIL = """<div class="gmail_default">Hello,<br><br>see you <span style="font-weight:bold">tomorrow</span></div>
<div><br></div><div>Anna</div><div class="gmail_signature">-- <br>City of Łódź</div>"""


def test_word() -> None:
    assert text.clean(WORD, "html").html == (
        "<h3>Neighbours' day</h3><h3>Materials</h3>"
        "<p>Bring <strong>paper</strong> and <em>glue</em>, see "
        '<a href="https://example.org/" rel="nofollow ugc noopener">the list</a>.</p>'
        "<ul><li>paint<ul><li>red</li></ul></li><li>brushes</li></ul><p>Then:</p><ol><li>meet</li><li>paint</li></ol>"
        "<table><tbody><tr><td><p><strong>City</strong></p></td><td><p>Łódź</p></td></tr></tbody></table>"
    )


def test_google_docs() -> None:
    assert text.clean(DOCS, "html").html == (
        "<h3>Plan</h3><p>We meet <strong>on Monday</strong><em> outside</em></p>"
        "<ul><li><p>one</p><ul><li><p>inner</p></li></ul></li></ul>"
        '<p><a href="https://example.org/" rel="nofollow ugc noopener">link</a></p>'
    )


def test_libreoffice() -> None:
    assert text.clean(WRITER, "html").html == (
        "<h3>Zebranie</h3><p>Zapraszamy <strong>wszystkich</strong> i <u>każdego</u>.</p>"
        "<ol><li><p>kawa</p></li><li><p>herbata</p></li></ol>"
    )


def test_mail() -> None:
    assert text.clean(MAIL, "html").html == (
        "<p>Hello,</p><p>see you <strong>tomorrow</strong></p><p>Anna</p><p>--<br>City of Łódź</p>"
    )


def test_a_bullet_that_never_ends_hides_no_words() -> None:
    source = "<p style='mso-list:l0 level1'><span style='mso-list:Ignore'>1.<p>words</p>"
    assert text.clean(source, "html").plain.endswith("words")
