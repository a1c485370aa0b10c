namespace Overmind.Bench.Measures;

/// <summary>100,000 questions that are alike, and for each another one that asks the same in other words.</summary>
static class CacheQuestions
{
    public const int Count = 100_000;

    static readonly string[] Verbs =
    [
        "cancel", "renew", "change", "find", "download", "print", "share", "delete", "restore", "move", "pay", "sign", "translate", "export", "import", "archive", "order",
        "return", "track", "insure",
    ];

    static readonly string[] Nouns =
    [
        "subscription", "invoice", "password", "contract", "parcel", "ticket", "passport", "licence", "account", "photo", "calendar", "letter", "report", "receipt", "voucher",
        "reservation", "profile", "backup", "playlist", "form", "bicycle", "garden", "kitchen", "boat", "camera", "piano", "ladder", "carpet", "window", "engine", "recipe",
        "medicine", "library card", "parking permit", "tax return", "insurance", "phone number", "address", "signature", "logo", "website", "newsletter", "survey", "budget",
        "timetable", "homework", "thesis", "patent", "visa", "loan",
    ];

    static readonly string[] Cities = ["Vienna", "Lima", "Oslo", "Nairobi", "Osaka", "Boston", "Lyon", "Perth", "Quito", "Tunis"];

    static readonly string[] Occasions =
        ["for my mother", "on a Sunday", "without a printer", "after the holidays", "as a student", "with my phone", "before the move", "at the airport", "by mail", "over the counter"];

    public static string Of(int number) => $"How do I {Rest(number)}";

    public static string Reworded(int number) => $"How can I {Rest(number)}";

    static string Rest(int number) =>
        $"{Verbs[number % 20]} a {Nouns[number / 20 % 50]} in {Cities[number / 1_000 % 10]} {Occasions[number / 10_000]}?";
}
