using Overmind.Errors;

namespace Overmind.Server.Tests.Access.Intruders;

/// <summary>Somebody who must not get in, or not as far as they try.</summary>
/// <param name="Who">As a sentence would say it.</param>
/// <param name="Authorization">The header; null for none.</param>
/// <param name="Code">What they are told; null: that there is nothing of the kind that they name.</param>
/// <param name="Organization">That they name in <c>x-org-id</c>; null for none.</param>
public sealed record Intruder(string Who, string? Authorization, ErrorCode? Code, Guid? Organization = null)
{
    public static Intruder With(string token, string who, ErrorCode? code, Guid? organization = null) => new(who, "Bearer " + token, code, organization);

    public (string Name, string Value)[] Headers =>
    [
        .. Authorization is { } authorization ? [("Authorization", authorization)] : Array.Empty<(string, string)>(),
        .. Organization is { } organization ? [("x-org-id", organization.ToString())] : Array.Empty<(string, string)>(),
    ];

    /// <summary>That an answer tells them so, and nothing else.</summary>
    public void ShouldBeRefused(Answer answer)
    {
        var status = Code is { } code ? ErrorCatalogue.Of(code).Status : 404;
        answer.Status.ShouldBe(status, $"{Who}: {answer.Text}");
        var word = answer.Code;
        if (Code is { } expected)
            word.ShouldBe(ErrorCatalogue.Word(expected), Who);
        else
            word.ShouldEndWith("_not_found", Case.Sensitive, Who);
        answer.ExpectProblem(status, word, answer.Param);
        (answer.Header("WWW-Authenticate")?.StartsWith("Bearer", StringComparison.Ordinal)).ShouldBe(status == 401 ? true : null, Who);
    }
}
