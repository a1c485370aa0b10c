using Npgsql;

namespace Overmind.Bench.DataSets;

/// <summary>
/// Fills a migrated database with a <see cref="DataSet"/>, as superuser without triggers and foreign keys, counts made consistent by hand.
/// Messages lie on disk as they would have come: ten of a conversation together, then the next conversation's, five rounds.
/// </summary>
static class DataSetLoader
{
    /// <summary>Writes the rows when they are not there yet, all or none, and refreshes the planner's statistics.</summary>
    public static async Task LoadAsync(string superuser, DataSet dataSet, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync(cancellationToken);
        if (!await IsLoadedAsync(connection, dataSet, cancellationToken))
            await WriteAsync(connection, dataSet, progress, cancellationToken);
        progress("Collecting statistics");
        await RunAsync(connection, "vacuum (analyze) organizations, users, organization_members, conversations, messages", cancellationToken);
        await RunAsync(connection, "checkpoint", cancellationToken);
    }

    static async Task WriteAsync(NpgsqlConnection connection, DataSet dataSet, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        progress("Writing organizations and conversations");
        await RunAsync(connection, Tenants(dataSet), cancellationToken);
        await RunAsync(connection, Conversations(dataSet), cancellationToken);
        for (var round = 0; round < 5; round++)
        {
            progress($"Writing {dataSet.Conversations * DataSet.MessagesPerConversation:N0} messages: {round * 20} %");
            await RunAsync(connection, Messages(round), cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
    }

    static async Task<bool> IsLoadedAsync(NpgsqlConnection connection, DataSet dataSet, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('bench.loaded') is not null", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
            return false;
        await using var command = new NpgsqlCommand("select organizations from bench.loaded", connection);
        var organizations = (int)(await command.ExecuteScalarAsync(cancellationToken))!;
        return organizations == dataSet.Organizations
            ? true
            : throw new InvalidOperationException($"The data folder holds a data set of {organizations} organizations; remove it or ask for the same size.");
    }

    static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    static string Tenants(DataSet dataSet) => $"""
        set local session_replication_role = replica;
        create schema bench;
        create table bench.loaded as select {dataSet.Organizations} as organizations;
        grant usage on schema bench to public;
        create function bench.id(kind int, number bigint) returns uuid
            language sql immutable parallel safe
            return (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid;
        create function bench.new_id() returns uuid
            language sql volatile
            return overmind.uuid_v7();
        insert into organizations (id, name, slug)
        select bench.id(1, o), 'Organization ' || o, 'organization-' || o
        from generate_series(1, {dataSet.Organizations}) as o;
        insert into users (id, email, name)
        select bench.id(2, o * {DataSet.MembersPerOrganization} + m), format('member%s@organization-%s.example', m, o), format('Member %s of %s', m, o)
        from generate_series(1, {dataSet.Organizations}) as o, generate_series(0, {DataSet.MembersPerOrganization - 1}) as m;
        insert into organization_members (organization_id, user_id, display_name, role)
        select bench.id(1, o), bench.id(2, o * {DataSet.MembersPerOrganization} + m), 'Member ' || m, case m when 0 then 'admin' else 'user' end
        from generate_series(1, {dataSet.Organizations}) as o, generate_series(0, {DataSet.MembersPerOrganization - 1}) as m;
        """;

    static string Conversations(DataSet dataSet) => $"""
        insert into conversations (
            organization_id, id, user_id, visibility, title, message_count, last_seq, last_activity_at, created_at, updated_at)
        select
            bench.id(1, o),
            bench.id(3, o * {DataSet.ConversationsPerOrganization} + c),
            bench.id(2, o * {DataSet.MembersPerOrganization} + c % {DataSet.MembersPerOrganization}),
            case when c % 10 = 9 then 'organization' else 'private' end,
            format('Question %s about the plan of organization %s', c, o),
            {DataSet.MessagesPerConversation},
            {DataSet.MessagesPerConversation},
            at,
            at,
            at
        from generate_series(0, {DataSet.ConversationsPerOrganization - 1}) as c,
            generate_series(1, {dataSet.Organizations}) as o,
            lateral (select now() - interval '1000 days' + c * interval '1 day' as at) as moment;
        """;

    // 60 to 1,000 characters, 400 on average: questions and answers of a chat.
    static string Messages(int round) => $"""
        insert into messages (organization_id, id, conversation_id, user_id, visibility, branch, seq, sender_user_id, role, content, created_at, updated_at)
        select
            c.organization_id,
            overmind.uuid_v7(at),
            c.id,
            c.user_id,
            c.visibility,
            0,
            seq,
            case when seq % 2 = 1 then c.user_id end,
            case when seq % 2 = 1 then 'user' else 'assistant' end,
            substr(words, 1 + seq, 60 + (hashtext(c.id::text || seq) & 2147483647) % (case when seq % 2 = 1 then 200 else 940 end)),
            at,
            at
        from conversations as c,
            generate_series({round * 10 + 1}, {round * 10 + 10}) as seq,
            lateral (select c.created_at + seq * interval '1 minute' as at) as moment,
            (select repeat('What holds a plan together is a reason that each of its steps can name. ', 20) as words) as text
        order by c.created_at, c.id, seq;
        """;
}
