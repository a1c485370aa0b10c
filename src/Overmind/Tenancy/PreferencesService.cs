using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Tenancy;

/// <summary>One's own preferences; nobody sees or changes another's.</summary>
public sealed class PreferencesService(PreferencesStore store)
{
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>: the caller is no person.</exception>
    public async Task<Preferences> GetAsync(Claims claims, CancellationToken cancellationToken) =>
        await store.FindAsync(claims, cancellationToken) ?? throw NoPerson();

    /// <summary>Changes some; of two changes at once, of different members, both hold.</summary>
    /// <exception cref="OvermindException">A value is not valid; nothing is changed then.</exception>
    public async Task<Preferences> ChangeAsync(Claims claims, PreferencesPatch patch, CancellationToken cancellationToken)
    {
        patch.Check();
        return await store.UpdateAsync(claims, patch.Changes(), cancellationToken) ?? throw NoPerson();
    }

    static OvermindException NoPerson() => new(ErrorCode.Forbidden, "Preferences are a person's: use a key that belongs to one.");
}
