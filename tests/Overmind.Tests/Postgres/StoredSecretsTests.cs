using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Postgres;

public class StoredSecretsTests(TestPostgres postgres)
{
    [Fact]
    public async Task Every_column_that_holds_an_encrypted_secret_is_one_that_a_new_key_reaches()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        (await database.ScalarAsync<string[]>(
            """
            select array_agg(table_schema || '.' || table_name || '.' || column_name order by table_name, column_name)
            from information_schema.columns
            where table_schema in ('public', 'overmind') and data_type = 'bytea' and column_name like '%secret%'
            """)).ShouldBe(StoredSecrets.Columns.Select(c => $"{c.Table}.{c.Column}"));
    }

    [Fact]
    public async Task What_an_older_key_encrypted_opens_with_the_newest_alone_and_what_none_opens_stays()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenants = await TestTenants.CreateAsync(database);
        var (older, newer) = (SecretCipher.NewKey(), SecretCipher.NewKey());
        var (old, both, only) = (SecretCipher.Parse(older), SecretCipher.Parse($"{newer},{older}"), SecretCipher.Parse(newer));
        foreach (var admin in new[] { tenants.First.Admin, tenants.Second.Admin })
        {
            var organization = admin.OrganizationId!.Value;
            await AddProviderAsync(organization, "first", old);
            await AddProviderAsync(organization, "second", both);
            var endpoint = Guid.CreateVersion7();
            await database.ExecuteAsync(
                """
                insert into webhook_endpoints (organization_id, user_id, id, url, secret, previous_secret, previous_secret_expires_at)
                values ($1, $2, $3, 'https://example.com/', $4, $5, clock_timestamp() + interval '1 day')
                """, organization, admin.UserId!.Value, endpoint, both.Encrypt("whsec_new", organization, endpoint), old.Encrypt("whsec_old", organization, endpoint));
        }
        var lost = await AddProviderAsync(tenants.First.Admin.OrganizationId!.Value, "lost", SecretCipher.Parse(SecretCipher.NewKey()));

        var done = await StoredSecrets.ReencryptAsync(database.Owner, both, default);

        (done.Renewed, done.Current).ShouldBe((4, 4));
        done.Unreadable.ShouldBe([$"public.model_providers.secret {lost}"]);
        var repeated = await StoredSecrets.ReencryptAsync(database.Owner, only, default);
        (repeated.Renewed, repeated.Current, repeated.Unreadable.Count).ShouldBe((0, 8, 1));
        var read = await new Overmind.Models.ModelProviderStore(database.Database, only).FindAsync(tenants.Second.User, "first", default);
        read!.Secret.ShouldBe("sk-first");

        async Task<Guid> AddProviderAsync(Guid organization, string key, SecretCipher cipher)
        {
            var id = Guid.CreateVersion7();
            await database.ExecuteAsync(
                "insert into model_providers (organization_id, id, key, kind, base_url, secret) values ($1, $2, $3, 'ollama', 'http://127.0.0.1:9', $4)",
                organization, id, key, cipher.Encrypt($"sk-{key}", organization, id));
            return id;
        }
    }
}
