using System.Text;
using Overmind.Conversations.Attachments;
using Overmind.Errors;

namespace Overmind.Tests.Conversations.Attachments;

public class UploadCheckTests
{
    [Theory]
    [InlineData("image/png", "\x89PNG\r\n\x1a\n")]
    [InlineData("image/jpeg", "\xff\xd8\xff\xe0")]
    [InlineData("image/gif", "GIF89a")]
    [InlineData("image/webp", "RIFF\0\0\0\0WEBPVP8 ")]
    [InlineData("application/pdf", "%PDF-1.7\n")]
    [InlineData("audio/wav", "RIFF\0\0\0\0WAVEfmt ")]
    [InlineData("audio/mpeg", "ID3\x04")]
    [InlineData("audio/mpeg", "\xff\xfb\x90\x64")]
    [InlineData("audio/ogg", "OggS\0")]
    [InlineData("audio/flac", "fLaC\0")]
    [InlineData("audio/mp4", "\0\0\0\x20" + "ftypM4A ")]
    [InlineData("audio/webm", "\x1a\x45\xdf\xa3")]
    [InlineData("text/plain", "Not much")]
    public void What_a_file_is_its_first_bytes_say(string type, string begin)
    {
        var bytes = Encoding.Latin1.GetBytes(begin);
        TypeOf(null, bytes).ShouldBe(type);
        TypeOf("application/octet-stream", bytes).ShouldBe(type);
        TypeOf($"{type.ToUpperInvariant()}; charset=utf-8", bytes).ShouldBe(type);
        if (type != "text/plain")
            Refused("text/plain", bytes).ShouldContain(type);
        if (type != "image/gif")
            Refused("image/gif", bytes).ShouldContain("image/gif");
    }

    [Theory]
    [InlineData("text/html", "<script>alert(1)</script>")]
    [InlineData("image/svg+xml", "<svg onload='alert(1)'/>")]
    [InlineData("application/xhtml+xml", "<html/>")]
    [InlineData("text/javascript", "alert(1)")]
    public void What_a_browser_would_run_is_stored_as_a_plain_text(string said, string text) => TypeOf(said, Encoding.UTF8.GetBytes(text)).ShouldBe("text/plain");

    [Theory]
    [InlineData("image/jpg", "\xff\xd8\xff\xe0", "image/jpeg")]
    [InlineData("audio/x-wav", "RIFF\0\0\0\0WAVEfmt ", "audio/wav")]
    [InlineData("text/csv", "a,b\n1,2\n", "text/csv")]
    [InlineData("application/json", "{}", "application/json")]
    public void Another_name_of_a_type_is_its_usual_one(string said, string begin, string type) => TypeOf(said, Encoding.Latin1.GetBytes(begin)).ShouldBe(type);

    [Fact]
    public void A_text_is_utf8_to_its_end_and_holds_no_control_characters()
    {
        TypeOf("text/plain", Encoding.UTF8.GetBytes("\uFEFFNaïve \u001b[1mbold\u001b[0m\t€\r\n" + new string('ü', 100_000))).ShouldBe("text/plain");
        Refused("text/plain", [.. Encoding.UTF8.GetBytes(new string('x', 100_000)), 0]).ShouldContain("UTF-8");
        Refused("text/plain", [.. Encoding.UTF8.GetBytes(new string('x', 100_000)), 0xC3]).ShouldContain("UTF-8");
        Refused("text/plain", Encoding.Unicode.GetBytes("Sixteen bits a character")).ShouldContain("UTF-8");
        Refused(null, [0, 1, 2, 3, 4, 5]).ShouldContain("Content-Type");
    }

    [Fact]
    public void What_is_not_allowed_is_refused_before_a_byte_is_read()
    {
        var refused = Should.Throw<OvermindException>(() => new UploadCheck("application/zip", AttachmentSettings.DefaultMediaTypes).Begin());
        (refused.Code, refused.Message.Contains("image/png", StringComparison.Ordinal)).ShouldBe((ErrorCode.UnsupportedMediaType, true));
        new UploadCheck("application/zip", ["application/zip"]).Begin();
    }

    [Fact]
    public void A_type_that_no_first_bytes_tell_is_believed_where_it_is_allowed()
    {
        var check = new UploadCheck("application/zip", ["application/zip"]);
        check.Look("PK\u0003\u0004"u8.ToArray());
        check.End().ShouldBe("application/zip");
        Refused("application/zip", Samples.Png, "application/zip").ShouldContain("image/png");
    }

    static string TypeOf(string? said, byte[] bytes, params string[] allowed)
    {
        var check = new UploadCheck(MediaTypes.Normal(said), allowed.Length > 0 ? allowed : AttachmentSettings.DefaultMediaTypes);
        check.Begin();
        foreach (var piece in bytes.Chunk(7))
            check.Look(piece);
        return check.End();
    }

    static string Refused(string? said, byte[] bytes, params string[] allowed)
    {
        var refused = Should.Throw<OvermindException>(() => TypeOf(said, bytes, allowed));
        refused.Code.ShouldBe(ErrorCode.UnsupportedMediaType);
        return refused.Message;
    }
}
