using Overmind.Tenancy;
using Overmind.WebConsole.Access;

namespace Overmind.WebConsole.Settings;

/// <summary>The preferences of the signed-in member, as this page follows them.</summary>
public sealed class MemberPreferences(PreferencesService preferences, SignedInMember member)
{
    public Preferences Current { get; private set; } = new();

    /// <summary>Whenever they may be others than before.</summary>
    public event EventHandler? Changed;

    /// <summary>Reads them; what cannot be read stays as it is, because no page waits for it.</summary>
    public async Task RefreshAsync()
    {
        try
        {
            Take(await preferences.GetAsync(await member.ClaimsAsync(), CancellationToken.None));
        }
        catch (Exception)
        {
            // The defaults do.
        }
    }

    /// <exception cref="Errors.OvermindException">A value is not valid.</exception>
    public async Task ChangeAsync(PreferencesPatch patch) => Take(await preferences.ChangeAsync(await member.ClaimsAsync(), patch, CancellationToken.None));

    void Take(Preferences preferences)
    {
        Current = preferences;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
