using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Tenancy;

/// <summary>One's own profile and traits.</summary>
public sealed class ProfileService(ProfileStore store)
{
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>: the caller is no person.</exception>
    public async Task<Profile> GetAsync(Claims claims, CancellationToken cancellationToken) =>
        await store.FindAsync(claims, cancellationToken) ?? throw NoPerson();

    /// <summary>Changes it in every organization one belongs to.</summary>
    /// <param name="unchangedSince">The <see cref="Profile.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.PreconditionFailed"/>, or a value is not valid.</exception>
    public async Task<Profile> ChangeAsync(Claims claims, ProfilePatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        patch.Check();
        return await store.UpdateAsync(claims, patch, unchangedSince, cancellationToken) ?? throw (unchangedSince is null
            ? NoPerson()
            : new OvermindException(ErrorCode.PreconditionFailed, "The profile has changed since the version in If-Match. Read it again."));
    }

    public async Task<Page<Trait>> TraitsAsync(Claims claims, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await store.TraitsAsync(claims, page, cancellationToken));
    }

    /// <summary>Sets a trait of one's own. What is inferred leaves what they said themselves; the answer is what holds.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>, or a value is not valid.</exception>
    public Task<Trait> SetTraitAsync(Claims claims, NewTrait trait, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        trait.Check();
        return store.SetTraitAsync(claims, trait, cancellationToken);
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.TraitNotFound"/>.</exception>
    public async Task<Trait> DeleteTraitAsync(Claims claims, string key, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        return await store.DeleteTraitAsync(claims, key, cancellationToken)
            ?? throw new OvermindException(ErrorCode.TraitNotFound, $"You have no trait {key}.");
    }

    static OvermindException NoPerson() => new(ErrorCode.Forbidden, "A profile is a person's: use a key that belongs to one.");
}
