using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Usage;

/// <summary>Corrects what calls of the past cost, after a wrong price was put right or a missing one was set.</summary>
public sealed class RepriceService(RepriceStore store)
{
    /// <summary>
    /// Prices the settled calls of a period anew, each by the price that is known now for the moment it was made. Applied, it is one transaction: ledger,
    /// steps, runs and replays. Runs that a worker holds are left out.
    /// </summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>, or a value is not valid.</exception>
    public async Task<Repricing> RepriceAsync(Claims claims, RepriceRequest request, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ModelsManage);
        request.Check();
        return new Repricing
        {
            IsApplied = request.Apply,
            From = request.From,
            To = request.To,
            Models = await store.RepriceAsync(claims, request, cancellationToken),
        };
    }

    /// <summary>Models that the caller's calls used and whose price is not known, those that were called most first; at most 100.</summary>
    public Task<IReadOnlyList<UnpricedModel>> UnpricedAsync(Claims claims, CancellationToken cancellationToken) => store.UnpricedAsync(claims, cancellationToken);
}
