using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Overmind.Client;

/// <summary>Files that messages show: uploaded first, and then named in a message's parts, or with a question.</summary>
public sealed class AttachmentsClient
{
    readonly ApiConnection _connection;

    internal AttachmentsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Sends a file, as it is read.</summary>
    /// <param name="name">1 to 255 characters, without a folder.</param>
    /// <param name="mediaType">As <c>image/png</c>. Default: what its first bytes say.</param>
    /// <exception cref="OvermindApiException"><c>attachment_too_large</c>, <c>unsupported_media_type</c>, <c>storage_limit_reached</c>.</exception>
    public async Task<Attachment> UploadAsync(Stream content, string name, string? mediaType = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/attachments{new Query().Add("name", name)}")
        {
            Content = new StreamContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType ?? "application/octet-stream") } },
        };
        using var response = await _connection.OpenAsync(request, cancellationToken);
        return (await response.Content.ReadFromJsonAsync(ClientJson.Default.Attachment, cancellationToken))!;
    }

    public Task<Attachment> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/attachments/{id}", ClientJson.Default.Attachment, cancellationToken);

    /// <param name="conversationId">Only of this conversation. Default: of all, and what was sent and is named nowhere yet.</param>
    public Task<Page<Attachment>> ListAsync(PageRequest? page = null, Guid? conversationId = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            $"/v1/attachments{(page ?? new()).Query.Add("conversation_id", conversationId?.ToString())}", ClientJson.Default.PageAttachment, cancellationToken);

    /// <summary>Its bytes, as they come. Dispose it when it is read.</summary>
    public async Task<Stream> DownloadAsync(Guid id, CancellationToken cancellationToken = default)
    {
        var response = await _connection.OpenAsync(new HttpRequestMessage(HttpMethod.Get, $"/v1/attachments/{id}/content"), cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    /// <summary>Nobody sees it any more; messages that name it stay.</summary>
    public Task DeleteAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync($"/v1/attachments/{id}", cancellationToken: cancellationToken);
}
