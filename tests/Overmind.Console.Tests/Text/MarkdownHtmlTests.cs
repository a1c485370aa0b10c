using Overmind.WebConsole.Text;

namespace Overmind.WebConsole.Tests.Text;

public class MarkdownHtmlTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a <img src=x onerror=alert(1)> b")]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("<iframe srcdoc='x'></iframe>")]
    public void Raw_html_is_text(string markdown)
    {
        var html = Html(markdown);

        foreach (var tag in new[] { "<script", "<img", "<svg", "<iframe" }) html.ShouldNotContain(tag);
        html.ShouldContain("&lt;");
    }

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](java\tscript:alert(1))")]
    [InlineData("[x](&#106;avascript:alert(1))")]
    [InlineData("[x](data:text/html,<script>alert(1)</script>)")]
    [InlineData("[x](vbscript:x)")]
    [InlineData("[x](//evil.example)")]
    [InlineData("[x](/sign-out)")]
    [InlineData("[x][y]\n\n[y]: javascript:alert(1)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![x](javascript:alert(1))")]
    public void A_link_that_is_not_to_the_web_is_no_link(string markdown) => Html(markdown).ShouldNotContain("href");

    [Fact]
    public void A_link_to_the_web_opens_beside_the_console() => Html("[x](https://example.org/a)")
        .ShouldContain("""<a href="https://example.org/a" target="_blank" rel="noopener noreferrer nofollow">x</a>""");

    [Fact]
    public void An_image_is_a_link_because_the_console_asks_no_other_host()
    {
        var html = Html("![a chart](https://example.org/a.png)");

        html.ShouldNotContain("<img");
        html.ShouldContain(">a chart</a>");
    }

    [Fact]
    public void Attributes_cannot_be_written() => Html("# Title {onclick=alert(1) .x}").ShouldNotContain("<h2 ");

    [Fact]
    public void Headings_follow_the_title_of_the_page()
    {
        Html("# One\n## Two").ShouldBe("<h2>One</h2>\n<h3>Two</h3>\n");
        Html("### Three\n#### Four").ShouldBe("<h2>Three</h2>\n<h3>Four</h3>\n");
    }

    [Fact]
    public void Tables_lists_and_code_are_rendered()
    {
        Html("| a | b |\n|---|---|\n| 1 | 2 |").ShouldContain("<table>");
        Html("1. one\n2. two").ShouldContain("<ol>");
        Html("```\n<b>\n```").ShouldContain("<code>&lt;b&gt;");
    }

    [Theory]
    [InlineData(">")]
    [InlineData("[")]
    [InlineData("* ")]
    [InlineData("**")]
    [InlineData("![](")]
    [InlineData("a*b_c`")]
    [InlineData("|a")]
    [InlineData("<a")]
    [InlineData("- [ ] ")]
    public async Task Long_hostile_text_is_rendered_in_bounded_time(string piece)
    {
        var rendering = Task.Run(() => Html(string.Concat(Enumerable.Repeat(piece, 30_000 / piece.Length))));

        (await Task.WhenAny(rendering, Task.Delay(TimeSpan.FromSeconds(10)))).ShouldBe(rendering);
        await rendering;
    }

    static string Html(string markdown) => MarkdownHtml.Render(markdown).Value;
}
