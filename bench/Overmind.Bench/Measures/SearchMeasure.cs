using System.Diagnostics;
using Npgsql;
using Overmind.Conversations.Search;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;

namespace Overmind.Bench.Measures;

/// <summary>
/// Searches by the service that the server uses, one after the other, among the messages of 1,000 organizations: one has a tenth of them, each other a thousandth. The
/// words are spread as words are, the k-th half as often as the k/2-th: of 50,000, the first stands in nearly every message of 60 words, the thousandth in one of 180.
/// </summary>
static class SearchMeasure
{
    const int Organizations = 1_000;

    static readonly (string Name, string Text)[] Queries =
    [
        ("a rare word", "w20000"),
        ("a word of one in 180", "w1000"),
        ("a word of one in twenty", "w110"),
        ("a word of every other", "w8"),
        ("a word of nearly all", "w1"),
        ("three words", "w5 w40 w300"),
        ("a question of eight", "w1 w3 w7 w20 w60 w400 w3000 w15000"),
        ("a phrase", "\"w2 w3\""),
        ("either of two, and not a third", "w500 or w700 -w2"),
    ];

    public static async Task<(SearchFigures Figures, string PostgresVersion)> RunAsync(
        string folder, BenchOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Log = progress }, cancellationToken);
        await using var opened = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = postgres.OwnerConnectionString }, cancellationToken);
        await using var owner = NpgsqlDataSource.Create(postgres.OwnerConnectionString + ";Command Timeout=0");
        await LoadAsync(owner, options.Messages, progress, cancellationToken);
        var search = new SearchService(new SearchStore(new Database(opened.Requests)));
        var figures = new List<SearchFigure>();
        foreach (var (name, text) in Queries)
        {
            progress($"Searching for {name}");
            figures.Add(await MeasureAsync($"{name}, a tenth of all messages", 1, OrganizationRole.Admin, text, 100));
            figures.Add(await MeasureAsync($"{name}, the same, by a member with a tenth of these", 1, OrganizationRole.User, text, 100));
            figures.Add(await MeasureAsync($"{name}, a thousandth of all", 2, OrganizationRole.Admin, text, 30));
            // As a search is meant that says no mode and has no signs; what is found by meaning is measured among memories.
            if (SearchQuery.HasSigns(text)) continue;
            figures.Add(await MeasureAsync($"{name}, as hybrid, a tenth of all messages", 1, OrganizationRole.Admin, text, 100, SearchMode.Hybrid));
            figures.Add(await MeasureAsync($"{name}, as hybrid, a thousandth of all", 2, OrganizationRole.Admin, text, 30, SearchMode.Hybrid));
        }

        await using var version = owner.CreateCommand("select split_part(current_setting('server_version'), ' ', 1)");
        var indexing = await ScalarAsync<double>(
            """
            with timed as materialized (select clock_timestamp() as began), made as materialized (
                select count(overmind.search_document('simple', m.content)) as messages from (select content from messages limit 5000) as m, timed)
            select (extract(epoch from clock_timestamp() - t.began) * 1e6 / greatest(m.messages, 1))::float8 from made m, timed t
            """);
        return (new SearchFigures(options.Messages, figures, indexing), (string)(await version.ExecuteScalarAsync(cancellationToken))!);

        async Task<SearchFigure> MeasureAsync(string name, int organization, OrganizationRole role, string text, double most, SearchMode mode = SearchMode.Text)
        {
            var found = 0.0;
            var measured = await RoundsAsync(options, async at =>
            {
                // Another organization each time, but for the large one.
                var claims = await ClaimsAsync(organization == 1 ? 1 : 2 + (at % (Organizations - 1)), role);
                found += (await search.SearchAsync(claims, new SearchQuery { Text = text, Mode = mode }, cancellationToken)).Items.Count;
            });
            var searches = found == 0 ? 0 : found / Count;
            var floor = await RoundsAsync(options, at => NewestAsync(owner, organization == 1 ? 1 : 2 + (at % (Organizations - 1)), text, cancellationToken));
            return new SearchFigure(name, measured, floor, most, searches);
        }

        async Task<T> ScalarAsync<T>(string sql)
        {
            await using var command = owner.CreateCommand(sql);
            return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
    }

    /// <summary>Operations of the last rounds.</summary>
    static int Count { get; set; }

    // Member 0 is the admin.
    static Task<Claims> ClaimsAsync(int organization, OrganizationRole role) =>
        Task.FromResult(new Claims(Id(1, organization), Id(2, (organization * 10) + (role is OrganizationRole.Admin ? 0 : 1)), role));

    static Guid Id(int kind, int number) => Guid.ParseExact($"{kind:x8}-0000-7000-8000-{number:x12}", "D");

    static async Task<Latencies> RoundsAsync(BenchOptions options, Func<int, Task> search)
    {
        List<Latencies> rounds = [];
        Count = 0;
        for (var round = -1; round < options.Rounds; round++)
        {
            var (milliseconds, watch) = (new List<double>(), Stopwatch.StartNew());
            for (var at = 0; watch.Elapsed.TotalSeconds < options.Seconds / options.Rounds / Queries.Length; at++)
            {
                var start = Stopwatch.GetTimestamp();
                await search(at * 61);
                milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                Count++;
            }

            // The first warms up.
            if (round >= 0) rounds.Add(Latencies.Of(milliseconds, watch.Elapsed.TotalSeconds));
        }

        return new Rounds(rounds).Median;
    }

    static async Task NewestAsync(NpgsqlDataSource owner, int organization, string text, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand(
            "select id, content from messages where organization_id = $1 and tsv @@ websearch_to_tsquery('simple', $2) and deleted_at is null order by id desc limit 20");
        command.Parameters.AddWithValue(Id(1, organization));
        command.Parameters.AddWithValue(text);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
        }
    }

    static async Task LoadAsync(NpgsqlDataSource owner, int messages, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        if (await CountAsync() == messages)
            return;
        progress("Writing organizations and conversations");
        await ExecuteAsync(
            $$"""
            truncate organizations, users cascade;
            alter table organizations disable trigger user; alter table organization_members disable trigger user;
            alter table conversations disable trigger user; alter table messages disable trigger user;
            create schema if not exists bench;
            create or replace function bench.id(kind int, number bigint) returns uuid
                language sql immutable parallel safe
                return (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid;
            insert into organizations (id, name, slug) select bench.id(1, o), 'Organization ' || o, 'organization-' || o from generate_series(1, {{Organizations}}) o;
            insert into users (id, email, name) select bench.id(2, o * 10 + m), format('member%s@organization-%s.example', m, o), 'Member' from generate_series(1, {{Organizations}}) o, generate_series(0, 9) m;
            insert into organization_members (organization_id, user_id, display_name, role)
            select bench.id(1, o), bench.id(2, o * 10 + m), 'Member ' || m, case m when 0 then 'admin' else 'user' end from generate_series(1, {{Organizations}}) o, generate_series(0, 9) m;
            create table if not exists bench.places (number bigint, organization int, place bigint);
            truncate bench.places;
            insert into bench.places
            select n, organization, row_number() over (partition by organization order by n)
            from (select n, case when n % 10 = 0 then 1 else 2 + (n::bigint * 7919 % {{Organizations - 1}})::int end as organization from generate_series(1, {{messages}}) n) as p;
            insert into conversations (organization_id, id, user_id, title, message_count, last_seq)
            select bench.id(1, organization), bench.id(3, organization * 1000000::bigint + place / 50), bench.id(2, organization * 10 + place / 50 % 10), 'Conversation', count(*), max(place % 50) + 1
            from bench.places group by organization, place / 50;
            drop index if exists messages_tsv_idx;
            """);
        for (var part = 0; part < 10; part++)
        {
            progress($"Writing {messages:#,0} messages: {part * 10} %");
            await ExecuteAsync(
                $$"""
                insert into messages (organization_id, id, conversation_id, user_id, visibility, seq, branch, role, content, tsv, created_at)
                select bench.id(1, p.organization), bench.id(4, p.number), bench.id(3, p.organization * 1000000::bigint + p.place / 50), bench.id(2, p.organization * 10 + p.place / 50 % 10),
                    'private', p.place % 50 + 1, 0, case when p.place % 2 = 0 then 'assistant' else 'user' end, t.content, to_tsvector('simple', t.content),
                    now() - interval '1 year' * (1 - p.number / {{messages}}.0)
                from bench.places p
                cross join lateral (select string_agg('w' || floor(50000 ^ (random() + 0 * g + 0 * p.number))::int, ' ') as content from generate_series(1, 60) as g) as t
                where p.number > {{part}} * {{messages}}::bigint / 10 and p.number <= ({{part}} + 1) * {{messages}}::bigint / 10
                """);
        }

        progress("Making the index of words");
        await ExecuteAsync("set maintenance_work_mem = '1GB'; create index messages_tsv_idx on messages using gin (organization_id, tsv) with (gin_pending_list_limit = 256) where tsv is not null and deleted_at is null");
        await ExecuteAsync("alter table organizations enable trigger user; alter table organization_members enable trigger user; alter table conversations enable trigger user; alter table messages enable trigger user");
        await ExecuteAsync("vacuum analyze");

        async Task<long> CountAsync()
        {
            await using var command = new NpgsqlCommand("select count(*) from messages", connection) { CommandTimeout = 0 };
            return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
