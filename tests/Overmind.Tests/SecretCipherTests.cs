using Overmind.Errors;

namespace Overmind.Tests;

public class SecretCipherTests
{
    static readonly Guid Organization = Guid.CreateVersion7();
    static readonly Guid Row = Guid.CreateVersion7();

    [Fact]
    public void What_was_encrypted_is_read_and_never_twice_the_same()
    {
        var cipher = SecretCipher.Parse(SecretCipher.NewKey());
        var stored = cipher.Encrypt("sk-é", Organization, Row);
        cipher.Decrypt(stored, Organization, Row).ShouldBe("sk-é");
        cipher.Encrypt("sk-é", Organization, Row).ShouldNotBe(stored);
    }

    [Fact]
    public void A_secret_opens_in_no_other_row_or_organization_and_not_when_it_was_changed()
    {
        var cipher = SecretCipher.Parse(SecretCipher.NewKey());
        var stored = cipher.Encrypt("secret", Organization, Row);
        Refused(() => cipher.Decrypt(stored, Guid.CreateVersion7(), Row), "does not belong to this row");
        Refused(() => cipher.Decrypt(stored, Organization, Guid.CreateVersion7()), "does not belong to this row");
        stored[^1] ^= 1;
        Refused(() => cipher.Decrypt(stored, Organization, Row), "was changed");
        stored[0] = 9;
        Refused(() => cipher.Decrypt(stored, Organization, Row), "Enter it anew");
        Refused(() => cipher.Decrypt([1, 2], Organization, Row), "Enter it anew");
    }

    [Fact]
    public void Keys_rotate_the_first_encrypts_and_all_decrypt()
    {
        var (old, fresh) = (SecretCipher.NewKey(), SecretCipher.NewKey());
        var stored = SecretCipher.Parse(old).Encrypt("secret", Organization, Row);
        var both = SecretCipher.Parse($"{fresh}, {old}");
        both.Decrypt(stored, Organization, Row).ShouldBe("secret");
        SecretCipher.Parse(fresh).Decrypt(both.Encrypt("secret", Organization, Row), Organization, Row).ShouldBe("secret");
        Refused(() => SecretCipher.Parse(fresh).Decrypt(stored, Organization, Row), "OVERMIND_ENCRYPTION_KEY");
    }

    [Fact]
    public void A_key_that_is_none_and_a_missing_one_say_which_variable()
    {
        Refused(() => SecretCipher.Parse("bm90IDMyIGJ5dGVz"), "OVERMIND_ENCRYPTION_KEY is not the base64 of 32 bytes").ShouldNotContain("bm90");
        Refused(() => SecretCipher.Parse("no base64"), "OVERMIND_ENCRYPTION_KEY");
        Refused(() => SecretCipher.None.Encrypt("secret", Organization, Row), "Set OVERMIND_ENCRYPTION_KEY");
    }

    static string Refused(Action act, string says)
    {
        var refused = Should.Throw<OvermindException>(act);
        refused.Code.ShouldBe(ErrorCode.EncryptionUnavailable);
        refused.Message.ShouldContain(says);
        return refused.Message;
    }
}
