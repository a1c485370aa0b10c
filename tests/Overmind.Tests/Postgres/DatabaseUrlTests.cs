using Npgsql;
using Overmind.Postgres;

namespace Overmind.Tests.Postgres;

public class DatabaseUrlTests
{
    [Theory]
    [InlineData("postgres://alice:p%40ss%2Fword@db.example:6543/chat", "Host=db.example;Port=6543;Username=alice;Password=p@ss/word;Database=chat")]
    [InlineData("postgresql://alice@[::1]:5433/chat", "Host=::1;Port=5433;Username=alice;Database=chat")]
    [InlineData("postgres://alice@one:5432,two:5433/chat", "Host=one:5432,two:5433;Username=alice;Database=chat")]
    [InlineData("postgres://alice@/chat?host=/run/pg&port=5433", "Host=/run/pg;Port=5433;Username=alice;Database=chat")]
    [InlineData("postgres://db/chat?sslmode=verify-full&application_name=mine&connect_timeout=7",
        "Host=db;Database=chat;SSL Mode=VerifyFull;Application Name=mine;Timeout=7")]
    [InlineData("Host=db;Username=alice;Database=chat", "Host=db;Username=alice;Database=chat")]
    [InlineData(" postgres://db \n", "Host=db")]
    public void A_database_is_named_by_url_or_by_keywords(string named, string meant) =>
        new NpgsqlConnectionStringBuilder(DatabaseUrl.ToConnectionString(named)).EquivalentTo(new NpgsqlConnectionStringBuilder(meant)).ShouldBeTrue();

    [Theory]
    [InlineData("mysql://alice:secret@db/chat", "begins with postgres://")]
    [InlineData("postgres://alice:secret@db:port/chat", "port")]
    [InlineData("postgres://alice:secret@db/chat?colour=blue", "colour")]
    [InlineData("postgres://alice:secret@db/chat?sslmode=sometimes", "sslmode")]
    [InlineData("secret", "neither")]
    public void A_wrong_name_is_refused_with_its_reason_and_without_its_password(string named, string reason)
    {
        var refusal = Should.Throw<FormatException>(() => DatabaseUrl.ToConnectionString(named));
        refusal.Message.ShouldContain(reason);
        refusal.Message.ShouldNotContain("secret");
    }
}
