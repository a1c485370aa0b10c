using Overmind.Conversations.Moderation;

namespace Overmind.Tests.Conversations.Moderation;

public class PersonalDataTests
{
    [Theory]
    [InlineData("Write to ada.l+x@mail.example.org.", 9)]
    [InlineData("Not @home, nor a@b", -1)]
    public void Addresses_are_found(string text, int at) => PersonalData.Email(text).ShouldBe(at);

    [Theory]
    [InlineData("Call +49 (30) 1234-5678 today", 5)]
    [InlineData("Call 030 12345678", 5)]
    [InlineData("Order 12345678901", -1)]
    [InlineData("In 2030, 1,000 of 10,000", -1)]
    public void Phone_numbers_begin_with_plus_or_zero(string text, int at) => PersonalData.Phone(text).ShouldBe(at);

    [Theory]
    [InlineData("4111 1111 1111 1111", 0)]
    [InlineData("card: 5500-0000-0000-0004", 6)]
    [InlineData("4111 1111 1111 1112", -1)]
    [InlineData("0000 0000 0000 0000", -1)]
    public void Cards_have_their_check_digit(string text, int at) => PersonalData.Card(text).ShouldBe(at);

    [Theory]
    [InlineData("to DE89 3704 0044 0532 0130 00 AND soon", 3)]
    [InlineData("GB82WEST12345698765432", 0)]
    [InlineData("DE89 3704 0044 0532 0130 01", -1)]
    public void Ibans_have_their_check_digits(string text, int at) => PersonalData.Iban(text).ShouldBe(at);

    [Theory]
    [InlineData("DNI 12345678Z", 4)]
    [InlineData("NIE X1234567L", 4)]
    [InlineData("DNI 12345678A", -1)]
    [InlineData("CPF 529.982.247-25", 4)]
    [InlineData("CPF 529.982.247-24", -1)]
    [InlineData("NIR 2 55 08 14 168 025 38", 4)]
    [InlineData("NIR 2 55 08 14 168 025 39", -1)]
    public void Numbers_of_persons_have_their_check_digits(string text, int at) => PersonalData.NationalId(text).ShouldBe(at);

    [Fact]
    public void No_text_makes_them_slow()
    {
        // A pattern that goes back and forth takes hours for these.
        var text = string.Concat(new string('a', 200_000), "@", string.Concat(Enumerable.Repeat("0 ", 100_000)), string.Concat(Enumerable.Repeat("a.", 100_000)));
        PersonalData.Email(text);
        PersonalData.Phone(text);
        PersonalData.Card(text);
        PersonalData.Iban(text);
        PersonalData.NationalId(text);
        ModerationSettings.Compile("(a+)+$").ShouldNotBeNull().IsMatch(text).ShouldBeFalse();
    }

    [Theory]
    [InlineData("(")]
    [InlineData("(?=a)")]
    [InlineData(@"(a)\1")]
    public void What_could_be_slow_is_no_pattern(string pattern) => ModerationSettings.Compile(pattern).ShouldBeNull();
}
