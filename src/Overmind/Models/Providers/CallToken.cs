namespace Overmind.Models.Providers;

/// <summary>
/// The token of the call that is under way on this flow of control. Providers' libraries pass tokens on up to the headers of an answer and not always
/// beyond; what reads from the socket takes this one, so that a caller who leaves closes the connection also in the middle of an answer.
/// </summary>
static class CallToken
{
    static readonly AsyncLocal<CancellationToken> Flowing = new();

    public static CancellationToken Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }
}
