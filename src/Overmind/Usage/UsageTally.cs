using Npgsql;
using Overmind.Postgres;

namespace Overmind.Usage;

/// <summary>Adds up what a report reads of one key in one span.</summary>
sealed class UsageTally
{
    decimal _tokensInput, _tokensOutput, _tokensCached, _cost, _latency;
    long _unpriced, _priced, _timed;

    public long Calls { get; private set; }

    /// <param name="row">The span and key, then the sums.</param>
    public void Add(NpgsqlDataReader row)
    {
        Calls += row.GetInt64(3);
        _unpriced += row.GetInt64(4);
        _tokensInput += row.GetDecimal(5);
        _tokensOutput += row.GetDecimal(6);
        _tokensCached += row.GetDecimal(7);
        _cost += row.GetDecimal(8);
        _priced += row.GetInt64(9);
        _latency += row.GetDecimal(10);
        _timed += row.GetInt64(11);
    }

    public UsageResult Result(string? key, string? name) => new()
    {
        Key = key,
        Name = name,
        Calls = Calls,
        TokensInput = _tokensInput,
        TokensOutput = _tokensOutput,
        TokensCached = _tokensCached,
        // Divided by one of as many digits as there are: without zeros at the end.
        CostUsd = _priced > 0 ? _cost / 1.0000000000000000000000000000m : null,
        UnpricedCalls = _unpriced,
        AvgLatencyMs = _timed == 0 ? null : (int)Math.Round(_latency / _timed, MidpointRounding.AwayFromZero),
    };
}
