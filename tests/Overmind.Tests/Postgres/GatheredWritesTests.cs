using Npgsql;
using Overmind.Postgres;

namespace Overmind.Tests.Postgres;

public sealed class GatheredWritesTests
{
    readonly List<(string Key, int[] Items)> _written = [];
    readonly Dictionary<int, Exception> _refused = [];
    readonly GatheredWrites<string, int, int> _writes;
    TaskCompletionSource _goesOn = new();

    public GatheredWritesTests() => _writes = new(WriteAsync);

    [Fact]
    public async Task The_first_goes_at_once_and_those_that_come_meanwhile_go_together_in_their_order()
    {
        var all = Enumerable.Range(1, 5).Select(item => _writes.WriteAsync("a", item)).ToList();
        _written.ShouldHaveSingleItem().Items.ShouldBe([1]);
        _goesOn.SetResult();

        (await Task.WhenAll(all)).ShouldBe([10, 20, 30, 40, 50]);
        _written.Select(w => w.Items).ShouldBe([[1], [2, 3, 4, 5]]);
        (await _writes.WriteAsync("a", 6)).ShouldBe(60);
        _written[^1].Items.ShouldBe([6]);
    }

    [Fact]
    public async Task Keys_do_not_wait_for_each_other()
    {
        var first = _writes.WriteAsync("a", 1);
        var (held, other) = (_goesOn, new TaskCompletionSource());
        _goesOn = other;
        other.SetResult();

        (await _writes.WriteAsync("b", 2)).ShouldBe(20);
        first.IsCompleted.ShouldBeFalse();
        held.SetResult();
        (await first).ShouldBe(10);
    }

    [Fact]
    public async Task One_that_is_refused_takes_no_other_with_it()
    {
        _refused[3] = new PostgresException("Three is too many.", "ERROR", "ERROR", PostgresErrorCodes.CheckViolation);
        var all = Enumerable.Range(1, 4).Select(item => _writes.WriteAsync("a", item)).ToList();
        _goesOn.SetResult();

        (await Should.ThrowAsync<PostgresException>(all[2])).MessageText.ShouldBe("Three is too many.");
        (await Task.WhenAll(all[0], all[1], all[3])).ShouldBe([10, 20, 40]);
        _written.Select(w => w.Items).ShouldBe([[1], [2, 3, 4], [2], [3], [4]]);
        (await _writes.WriteAsync("a", 5)).ShouldBe(50);
    }

    [Fact]
    public async Task When_the_database_is_gone_all_are_told_and_none_is_tried_again()
    {
        _refused[2] = new NpgsqlException("The connection is gone.");
        var all = Enumerable.Range(1, 3).Select(item => _writes.WriteAsync("a", item)).ToList();
        _goesOn.SetResult();

        (await all[0]).ShouldBe(10);
        await Should.ThrowAsync<NpgsqlException>(all[1]);
        await Should.ThrowAsync<NpgsqlException>(all[2]);
        _written.Count.ShouldBe(2);
    }

    [Fact]
    public async Task When_the_first_fails_those_behind_it_go_on()
    {
        _refused[1] = new NpgsqlException("The connection is gone.");
        var all = Enumerable.Range(1, 2).Select(item => _writes.WriteAsync("a", item)).ToList();
        _goesOn.SetResult();

        await Should.ThrowAsync<NpgsqlException>(all[0]);
        (await all[1]).ShouldBe(20);
    }

    [Fact]
    public async Task Very_many_go_in_parts()
    {
        var all = Enumerable.Range(0, 100).Select(item => _writes.WriteAsync("a", item)).ToList();
        _goesOn.SetResult();

        (await Task.WhenAll(all)).ShouldBe(Enumerable.Range(0, 100).Select(item => 10 * item));
        _written.Select(w => w.Items.Length).ShouldBe([1, 32, 32, 32, 3]);
    }

    async Task<IReadOnlyList<int>> WriteAsync(string key, IReadOnlyList<int> items)
    {
        lock (_written) _written.Add((key, [.. items]));
        await _goesOn.Task;
        foreach (var item in items)
            if (_refused.TryGetValue(item, out var refused)) throw refused;
        return [.. items.Select(item => 10 * item)];
    }
}
