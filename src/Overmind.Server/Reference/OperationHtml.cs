using System.Text;
using System.Text.Json;

namespace Overmind.Server.Reference;

/// <summary>One route of the reference: what it takes and what it answers.</summary>
/// <param name="shared">The parameters of its path.</param>
sealed class OperationHtml(string path, string method, JsonElement operation, JsonElement? shared)
{
    public string Id => operation.GetProperty("operationId").GetString()!;

    public string Summary => operation.GetProperty("summary").GetString()!;

    public string Tag => operation.TryGetProperty("tags", out var tags) ? tags[0].GetString()! : "other";

    public void WriteTo(StringBuilder html, JsonElement root)
    {
        html.Append($"<section id=\"{Id}\">\n<h2>{SchemaHtml.Text(Summary)}</h2>\n");
        html.Append($"<p class=\"route\"><b class=\"{method}\">{method.ToUpperInvariant()}</b> <code>{SchemaHtml.Text(path)}</code></p>\n");
        if (operation.TryGetProperty("description", out var description))
            html.Append($"<p>{SchemaHtml.Text(description.GetString()!)}</p>\n");
        WriteParameters(html, root);
        if (operation.TryGetProperty("requestBody", out var body))
        {
            html.Append("<h3>Body</h3>\n");
            WriteContent(html, body);
        }
        foreach (var response in operation.GetProperty("responses").EnumerateObject())
            WriteResponse(html, response.Name, SchemaHtml.Resolve(root, response.Value));
        html.Append("</section>\n");
    }

    void WriteParameters(StringBuilder html, JsonElement root)
    {
        var parameters = new[] { shared, operation.TryGetProperty("parameters", out var own) ? own : null }
            .Where(list => list is not null).SelectMany(list => list!.Value.EnumerateArray()).Select(parameter => SchemaHtml.Resolve(root, parameter)).ToList();
        if (parameters.Count == 0)
            return;
        html.Append("<h3>Parameters</h3>\n<dl>\n");
        foreach (var parameter in parameters)
            SchemaHtml.WriteMember(
                html,
                parameter.GetProperty("name").GetString()!,
                parameter.GetProperty("schema"),
                parameter.TryGetProperty("required", out var required) && required.GetBoolean(),
                $"{parameter.GetProperty("in").GetString()}{(parameter.TryGetProperty("description", out var text) ? ". " + text.GetString() : "")}");
        html.Append("</dl>\n");
    }

    static void WriteResponse(StringBuilder html, string status, JsonElement response)
    {
        html.Append($"<h3>{(status == "default" ? "Errors" : status)}</h3>\n<p>{SchemaHtml.Text(response.GetProperty("description").GetString()!)}</p>\n");
        WriteContent(html, response);
    }

    static void WriteContent(StringBuilder html, JsonElement holder)
    {
        if (!holder.TryGetProperty("content", out var content))
            return;
        foreach (var media in content.EnumerateObject())
        {
            html.Append($"<p><code>{media.Name}</code>");
            if (media.Value.TryGetProperty("schema", out var schema))
                html.Append($": {SchemaHtml.TypeOf(schema)}");
            html.Append("</p>\n");
        }
    }
}
