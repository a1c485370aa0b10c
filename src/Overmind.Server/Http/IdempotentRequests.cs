using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Overmind.Access;
using Overmind.Errors;

namespace Overmind.Server.Http;

/// <summary>
/// Repeats of a POST with the same Idempotency-Key get the first one's answer. What a request makes has an id that is stored with the key
/// beforehand, so that a repeat after a crash finds what the first one made. Failures are not stored: their repeat is tried again.
/// </summary>
sealed class IdempotentRequests(IdempotencyStore store, ILogger<IdempotentRequests> logger)
{
    public const string Header = "Idempotency-Key";
    const int MaxLength = 255;

    public ApiHandler Wrap(string route, ApiHandler handler) => (http, caller) =>
        http.Request.Headers[Header] is { Count: > 0 } keys ? HandleAsync(http, caller, route, Key(keys), handler) : handler(http, caller);

    /// <param name="because">Why a repeat finds nothing, as the beginning of a sentence.</param>
    public static ApiHandler Refuse(string because, ApiHandler handler) => (http, caller) =>
        http.Request.Headers.ContainsKey(Header)
            ? throw new OvermindException(
                ErrorCode.InvalidParameter, $"{because}, so it takes no Idempotency-Key.", Header)
            : handler(http, caller);

    async Task HandleAsync(HttpContext http, Caller caller, string route, string key, ApiHandler handler)
    {
        var body = await RequestBody.ReadBytesAsync(http);
        http.Request.Body = new MemoryStream(body);
        var hash = Hash(http.Request.Path, body);
        var attempt = await store.BeginAsync(caller.Claims, route, key, hash, http.RequestAborted);
        if (attempt.ResourceId is { } resourceId)
            await ExecuteAsync(http, caller, new IdempotentResource(attempt.Id, resourceId), handler);
        else if (attempt.RequestHash != hash)
            throw new OvermindException(
                ErrorCode.IdempotencyKeyReused, "This Idempotency-Key was used for a request with another body or path. Take a new key.", Header);
        else if (attempt.Response is { } response)
            await ReplayAsync(http, response);
        else
            throw new OvermindException(ErrorCode.IdempotencyKeyInUse, "The first request with this Idempotency-Key is still running.", Header)
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            };
    }

    async Task ExecuteAsync(HttpContext http, Caller caller, IdempotentResource resource, ApiHandler handler)
    {
        http.Features.Set(resource);
        var sent = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var held = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(held));
        try
        {
            await handler(http, caller);
            await http.Response.BodyWriter.FlushAsync(CancellationToken.None);
            // Stored even when the client is gone: its next attempt is to find the answer.
            var response = new StoredResponse(http.Response.StatusCode, http.Response.Headers.Location, Encoding.UTF8.GetString(held.ToArray()));
            await store.CompleteAsync(caller.Claims, resource.KeyId, response, CancellationToken.None);
        }
        catch
        {
            await ReleaseAsync(caller, resource);
            throw;
        }
        finally
        {
            http.Features.Set(sent);
        }
        await sent.Writer.WriteAsync(held.ToArray(), http.RequestAborted);
    }

    static async Task ReplayAsync(HttpContext http, StoredResponse response)
    {
        http.Response.StatusCode = response.Status;
        http.Response.ContentType = "application/json";
        http.Response.Headers.Location = response.Location;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        var body = Encoding.UTF8.GetBytes(response.Body);
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    async Task ReleaseAsync(Caller caller, IdempotentResource resource)
    {
        try
        {
            await store.ReleaseAsync(caller.Claims, resource.KeyId, CancellationToken.None);
        }
        catch (Exception failure)
        {
            // The key frees itself when its time is over; the first failure is the one to tell.
            LogMessages.IdempotencyKeyNotReleased(logger, resource.KeyId, failure);
        }
    }

    static string Key(Microsoft.Extensions.Primitives.StringValues keys) =>
        keys is [{ Length: > 0 and <= MaxLength } key] && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? key
            : throw new OvermindException(
                ErrorCode.InvalidParameter, $"Idempotency-Key has 1 to {MaxLength} visible ASCII characters.", Header);

    static string Hash(PathString path, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(path.Value + "\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
