using System.Net;
using Overmind.Errors;
using Overmind.Models;

namespace Overmind.Agents;

/// <summary>What to make of a model that threw.</summary>
static class CallFailure
{
    /// <summary>How often a step is called before its failure counts.</summary>
    public const int MaxFailures = 3;

    const int MaxMessageLength = 500;

    /// <summary>Whether the same call may succeed a moment later. Unknown failures may: providers' libraries have exceptions of their own.</summary>
    public static bool IsTransient(Exception failure) => failure switch
    {
        // The model's client has tried again as often as it makes sense, unless some of the answer had come.
        ModelCallException call => call.AfterFirstToken && (call.IsPassing || call.Code is ErrorCode.ModelTimedOut),
        ModelUnavailableException or OvermindException or ArgumentException or NotSupportedException or InvalidOperationException => false,
        HttpRequestException { StatusCode: { } status } =>
            status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500,
        _ => true,
    };

    /// <summary>How long to wait after a step's failure: 0.5 s, then 1 s.</summary>
    public static TimeSpan Wait(int failures) => TimeSpan.FromSeconds(0.5 * Math.Pow(2, failures - 1));

    /// <summary>Which failure it was, a word of the error catalogue; null where that is not known.</summary>
    public static string? Code(Exception failure) => failure switch
    {
        ModelCallException call => ErrorCatalogue.Word(call.Code),
        ModelUnavailableException => ErrorCatalogue.Word(ErrorCode.ModelUnavailable),
        OvermindException told => ErrorCatalogue.Word(told.Code),
        _ => null,
    };

    /// <summary>In words for the user; what a provider says is cut to 500 characters.</summary>
    public static string Describe(ModelReference model, Exception failure) => failure switch
    {
        ModelUnavailableException or OvermindException => failure.Message,
        _ => StoredText.Clean($"{model} failed: {(failure.Message.Length > MaxMessageLength ? failure.Message[..MaxMessageLength] + "…" : failure.Message)}"),
    };
}
