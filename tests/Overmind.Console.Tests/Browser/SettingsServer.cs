using Microsoft.Extensions.DependencyInjection;
using Overmind.Access;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.WebConsole.Tests.Browser;

/// <summary>Its settings and its admin's preferences change: what the other tests see is not theirs.</summary>
[CollectionDefinition]
public sealed class SettingsServer(TestPostgres postgres) : ConsoleServer(postgres, null), ICollectionFixture<SettingsServer>
{
    Claims? admin;

    /// <summary>The admin's.</summary>
    public async Task<Claims> ClaimsAsync() => admin ??= (await Services.GetRequiredService<SignInService>()
        .VerifyAsync(Email, Password, null, CancellationToken.None)).Claims;
}
