using Microsoft.Extensions.AI;
using Overmind.Errors;
using Overmind.Server.Http;

namespace Overmind.Server.Openai;

/// <summary>A part of a message's content. Images go to the provider as they are named: nothing is fetched here.</summary>
static class ContentPart
{
    public static AIContent Read(JsonMembers part, bool withImages)
    {
        var type = part.RequiredText("type");
        AIContent read = type switch
        {
            "text" => new TextContent(part.RequiredText("text")),
            "refusal" when !withImages => new TextContent(part.RequiredText("refusal")),
            "image_url" when withImages => Image(part),
            _ => throw Unsupported.Refuse(part, "type", $"{part.PathOf("type")} is {(withImages ? "text or image_url" : "text")}, not {type}."),
        };
        part.End();
        return read;
    }

    static AIContent Image(JsonMembers part)
    {
        using var image = part.Object("image_url") ?? throw part.Missing("image_url");
        var (url, detail) = (image.RequiredText("url"), image.Text("detail"));
        if (detail is not (null or "auto" or "low" or "high")) throw Unsupported.Refuse(image, "detail", $"{image.PathOf("detail")} is auto, low or high, not {detail}.");
        image.End();
        var content = Read(url) ?? throw new OvermindException(
            ErrorCode.InvalidValue, $"{image.PathOf("url")} is an address that begins with https://, or an image as data:image/…;base64,….", image.PathOf("url"));
        if (detail is not null) (content.AdditionalProperties ??= [])["detail"] = detail;
        return content;
    }

    static AIContent? Read(string url)
    {
        if (!url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase))
            return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps ? new UriContent(address, "image/*") : null;
        try
        {
            return new DataContent(url);
        }
        catch (Exception malformed) when (malformed is ArgumentException or UriFormatException or FormatException)
        {
            return null;
        }
    }
}
