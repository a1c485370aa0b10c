using Overmind.Access;

namespace Overmind.Tests.Access;

public class ApiKeyTokenTests
{
    static readonly Guid Organization = Guid.CreateVersion7();

    [Fact]
    public void A_token_names_its_organization_and_is_read_as_it_was_written()
    {
        var token = ApiKeyToken.Generate(Organization);
        token.Text.ShouldMatch("^sk_live_[0-9a-f]{8}_[0-9a-f]{32}_[0-9a-f]{64}$");
        ApiKeyToken.Parse(token.Text).ShouldBe(token);
        ApiKeyToken.Parse(token.Text)!.Value.OrganizationId.ShouldBe(Organization);
    }

    [Fact]
    public void Only_the_secret_part_is_hashed()
    {
        var token = ApiKeyToken.Generate(Organization);
        var secret = System.Text.Encoding.ASCII.GetBytes(token.Text[^64..]);
        token.SecretHash.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(secret)));
    }

    [Fact]
    public void A_token_that_strays_into_a_text_shows_no_secret()
    {
        var token = ApiKeyToken.Generate(Organization);
        $"{token}".ShouldBe(token.Text[..16] + "_…");
        token.Prefix.ShouldBe(token.Text[..16]);
    }

    [Fact]
    public void What_is_no_token_is_not_read()
    {
        var text = ApiKeyToken.Generate(Organization).Text;
        foreach (var other in new[] { "", "sk_live_", text[..^1], text + "0", text.ToUpperInvariant(), text.Replace('_', '-'), text[..^1] + "é", "sk_test_" + text[8..] })
            ApiKeyToken.Parse(other).ShouldBeNull(other);
    }
}
