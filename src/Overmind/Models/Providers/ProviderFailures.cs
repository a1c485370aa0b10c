using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Models.Providers;

/// <summary>Makes of all that can go wrong with a provider one exception, which says what to do.</summary>
sealed class ProviderFailures(ProviderConnection connection)
{
    const int MaxQuotedLength = 300;

    /// <summary>Of an answer whose status is no success.</summary>
    public ModelCallException Refusal(ProviderAnswer answer, TimeSpan? retryAfter)
    {
        var code = CodeOf(answer);
        return new ModelCallException(code, Words(code, $"answered {(int)answer.Status}", answer.Message, retryAfter)) { Param = answer.Param, RetryAfter = retryAfter };
    }

    /// <summary>Not followed: the key would go where it was not meant for.</summary>
    public ModelCallException Redirection(Uri to) => BadResponse($"a redirection to {to}");

    public ModelCallException Unreachable(string reason) => Of(ErrorCode.ModelUnreachable, "cannot be reached", reason);

    public ModelCallException TimedOut(string reason) => Of(ErrorCode.ModelTimedOut, $"was given up: {reason}");

    public ModelCallException Interrupted() => Of(ErrorCode.ModelInterrupted, "broke its answer off");

    public ModelCallException Refused() => Of(ErrorCode.ModelRefused, "declined to answer (content filter)");

    public ModelCallException BadResponse(string reason) => Of(ErrorCode.ModelBadResponse, $"answered something that is no answer: {reason}");

    /// <summary>Of what a provider's library threw.</summary>
    public ModelCallException Of(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case ModelCallException known:
                    return known;
                case IOException or HttpRequestException or ObjectDisposedException or OperationCanceledException:
                    return Interrupted();
                case JsonException:
                    return BadResponse("malformed JSON");
            }
        }

        // An error in the middle of a stream, which the libraries hand on as the text they got, in words of their own.
        var text = failure.Message;
        var said = MessageIn(text);
        return Has("overloaded_error", "api_error", "server_error") ? Of(ErrorCode.ModelOverloaded, "broke off", Quoted(said))
            : Has("rate_limit") ? Of(ErrorCode.ModelRateLimited, "broke off", Quoted(said))
            : BadResponse(Quoted(said));

        bool Has(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
                if (text.Contains(word, StringComparison.Ordinal)) return true;
            return false;
        }
    }

    /// <summary>The provider's own words, where the text has them as JSON; else all of it.</summary>
    static string MessageIn(string text)
    {
        var (begin, end) = (text.IndexOf('{'), text.LastIndexOf('}') + 1);
        var message = begin >= 0 && begin < end ? ProviderAnswer.Read(default, text[begin..end]).Message : "";
        return message.Length > 0 ? message : text;
    }

    ModelCallException Of(ErrorCode code, string happened, string said = "") => new(code, Words(code, happened, said));

    string Words(ErrorCode code, string happened, string said, TimeSpan? retryAfter = null) =>
        $"The provider '{connection.Key}' {happened}{(said.Length > 0 ? $": {Quoted(said).TrimEnd('.')}" : "")}. {Remedy(code, retryAfter)}";

    string Quoted(string said)
    {
        // Cut after the key is out, so that no half of it is left at the end.
        var clean = StoredText.Clean(KeyRedaction.Redact(said.ReplaceLineEndings(" ").Trim(), connection.Secret));
        return clean.Length > MaxQuotedLength ? clean[..MaxQuotedLength] + "…" : clean;
    }

    static ErrorCode CodeOf(ProviderAnswer answer) => (int)answer.Status switch
    {
        _ when answer.Says("insufficient_quota", "billing_error") || answer.Message.Contains("credit balance", StringComparison.OrdinalIgnoreCase) =>
            ErrorCode.ModelQuotaExceeded,
        _ when answer.Says("model_not_found") => ErrorCode.ModelNotFound,
        _ when answer.Says("content_filter", "content_policy_violation") => ErrorCode.ModelRefused,
        401 or 403 => ErrorCode.ModelAuthenticationFailed,
        402 => ErrorCode.ModelQuotaExceeded,
        404 => ErrorCode.ModelNotFound,
        429 => ErrorCode.ModelRateLimited,
        408 or >= 500 => ErrorCode.ModelOverloaded,
        _ => ErrorCode.ModelRequestRejected,
    };

    string Remedy(ErrorCode code, TimeSpan? retryAfter) => code switch
    {
        ErrorCode.ModelAuthenticationFailed => $"Give it a valid API key: replace the one of the provider '{connection.Key}'.",
        ErrorCode.ModelNotFound => $"Choose one of its models (`overmind models list`), or correct its address, which is {connection.BaseUrl}.",
        ErrorCode.ModelRateLimited => $"Try again {When(retryAfter)}, or raise the limit at the provider.",
        ErrorCode.ModelQuotaExceeded => "Add credit to the account at the provider, or choose another model.",
        ErrorCode.ModelOverloaded => $"Try again {When(retryAfter)}, or choose another model.",
        ErrorCode.ModelTimedOut => "Try again, raise that time-out in the provider's settings, or choose a faster model.",
        ErrorCode.ModelUnreachable => $"Check that it runs and that its address, {connection.BaseUrl}, is right.",
        ErrorCode.ModelInterrupted => "Try again.",
        ErrorCode.ModelRefused => "Ask otherwise, or choose another model.",
        ErrorCode.ModelBadResponse => $"Check that {connection.BaseUrl} is the address of its API.",
        _ => "Change what it names, or choose another model.",
    };

    static string When(TimeSpan? retryAfter) => retryAfter is { } wait && wait > TimeSpan.Zero ? $"in {Math.Ceiling(wait.TotalSeconds):0} s" : "later";
}
