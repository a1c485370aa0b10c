namespace Overmind.Memory.Forming;

/// <summary>The forms that are read without a model, in the order in which they are tried. docs/memory.md lists them for users.</summary>
static class FactPatterns
{
    const string Who = "^(?:i|we) (?:(?:now|currently|also|only|mostly|mainly|usually|generally|always|really|absolutely|still|just|do|am|are|have) )*?";
    const string Not = "(?<not>(?:do |have |am |are )?not |never )?";

    /// <summary>The same said otherwise.</summary>
    public static IReadOnlyDictionary<string, string> Aliases { get; } = new Dictionary<string, string>
    {
        ["my:name"] = "name",
        ["my:full name"] = "name",
        ["my:first name"] = "name",
        ["my:age"] = "age",
        ["my:job"] = "job",
        ["my:employer"] = "employer",
        ["my:deadline"] = "deadline:",
        ["our:deadline"] = "deadline:",
    };

    public static IReadOnlyList<FactPattern> Semantic { get; } =
    [
        new(@"^(?:my (?:full |first )?name is|i am called|(?:please )?call me|you can call me|i go by) (?<v>(?-i:\p{Lu})[\p{L}'.-]*(?: (?-i:\p{Lu})[\p{L}'.-]*){0,3})(?:,? (?:by the way|btw|actually|please|now))?$", "name", null, "fact", 0.9),
        new(Who + Not + @"(?:live|living|based|located) in (?<v>.+)$", "home", null, "fact", 0.8),
        new(@"^(?:i|we) (?:have )?(?:just |recently )?(?:moved|relocated) to (?<v>.+)$", "home", null, "fact", 0.8),
        new(@"^i (?:come|am) (?:originally )?from (?<v>.+)$", "origin", null, "fact", 0.7),
        new(Who + Not + @"(?:work|working) (?:at|for) (?<v>.+)$", "employer", null, "fact", 0.8),
        new(Who + Not + @"(?:work|working) as (?:an? |the )?(?<v>.+)$", "job", null, "fact", 0.8),
        new(Who + Not + @"(?:work|working) on (?<v>.+)$", "work on:{v}", "yes", "fact", 0.6),
        new(@"^i am (?<v>\d{1,3})(?: years old)?$", "age", null, "fact", 0.7),
        new(@"^i am (?<not>not )?(?:allergic to|intolerant to) (?<v>.+)$", "allergy:{v}", "yes", "fact", 1),
        new(@"^i am (?<not>not )?(?:an? |the )?(?<v>vegetarian|vegan|married|single|divorced|retired|left-handed|colou?r-?blind|diabetic|deaf|blind|pregnant|gluten-free|lactose intolerant)$", "is:{v}", "yes", "fact", 0.8),
        new(@"^i am (?<not>not )?(?:an?|the) (?<v>[\p{L}-]+(?: [\p{L}-]+){0,5}(?: (?:at|in|of|for) .{1,60})?)$", "is:{v}", "yes", "fact", 0.7),
        new(Who + Not + @"(?:can )?speak (?<v>.+)$", "speak:{v}", "yes", "fact", 0.6),
        new(Who + Not + @"(?:study|studying|learn|learning) (?<v>.+)$", "study:{v}", "yes", "fact", 0.6),
        new(@"^(?:i|we) (?:now )?have (?<v>(?:an? |one |two |three |four |\d+ )(?:\p{L}+ )?(?:dogs?|cats?|pets?|child(?:ren)?|kids?|sons?|daughters?|brothers?|sisters?|cars?|horses?|servers?|employees|customers)\b.*)$", "have:{v}", "yes", "fact", 0.6),
        new(@"^(?:i|we) (?:(?:strongly|always|usually|generally|do|would) )*prefer (?<v>.+?) (?:over|to|rather than|instead of) (?<k>.+)$", "prefer:{pair}", null, "preference", 0.7),
        new(Who + Not + @"(?:like|love|enjoy|prefer|adore|am a fan of|am into) (?<v>.+)$", "feeling:{v}", "liked", "preference", 0.6),
        new(Who + @"(?:hate|dislike|detest|cannot stand|cannot bear) (?<v>.+)$", "feeling:{v}", "not liked", "preference", 0.6),
        new(Who + Not + @"(?:use|using|run on|deploy to|deploy on|build with) (?<v>.+?) (?:for|as) (?:our |my |the )?(?<k>.+)$", "use for:{k}", null, "fact", 0.7),
        new(Who + Not + @"(?:use|using|run on|deploy to|deploy on|build with) (?<v>.+)$", "use:{v}", "yes", "fact", 0.7),
        new(@"^(?:i|we) (?:have )?(?:just |recently )?(?:switched|migrated|changed|moved over) to (?<v>.+?) for (?:our |my |the )?(?<k>.+)$", "use for:{k}", null, "fact", 0.7),
        new(@"^(?:i|we) (?:have )?(?:just |recently )?(?:switched|migrated|changed) to (?<v>.+)$", "use:{v}", "yes", "fact", 0.7),
        new(@"^(?:the |our |my )?(?:deadline|due date)(?: (?:for|of) (?:the |our |my )?(?<k>.+?))? is (?:now )?(?:on |by )?(?<v>.*(?:\d|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|week|month|year).*)$", "deadline:{k}", null, "date", 0.8),
        new(@"^(?:the |our |my )?(?<k>.+?) (?:is|are) (?:now )?due (?:on |by )?(?<v>.*(?:\d|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|week|month|year).*)$", "deadline:{k}", null, "date", 0.8),
        new(@"^(?:the |our |my )?(?<k>(?:[\p{L}-]+ )?(?:meeting|launch|release|exam|flight|wedding|appointment|interview|party|conference|trip|review|demo)) is (?:now )?(?:on |at |in )?(?<v>.*(?:\d|january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday).*)$", "date:{k}", null, "date", 0.7),
        new(@"^my (?<k>[\p{L}'-]+(?: [\p{L}'-]+){0,4}) (?:is|are) (?<not>not |no )?(?:now |called |named )?(?<v>.+)$", "my:{k}", null, "fact", 0.7),
        new(@"^our (?<k>[\p{L}'-]+(?: [\p{L}'-]+){0,4}) (?:is|are) (?<not>not |no )?(?:now |called |named )?(?<v>.+)$", "our:{k}", null, "fact", 0.7),
        new(@"^we (?:have )?(?:decided|agreed) (?:to |on |that )(?<v>.+)$", null, null, "decision", 0.7),
    ];

    public static IReadOnlyList<FactPattern> Others { get; } =
    [
        new(@"^(?:please )?(?:do not|never) (?<v>.+)$", "rule:{v}", "never", "instruction", 0.8, MemoryType.Procedural),
        new(@"^(?:please )?always (?<v>.+)$", "rule:{v}", "always", "instruction", 0.8, MemoryType.Procedural),
        new(@"^(?:from now on|in (?:the )?future),? (?:please )?(?<v>.+)$", "rule:{v}", "always", "instruction", 0.8, MemoryType.Procedural),
        new(@"^(?:please )?(?<v>.+?),? from now on$", "rule:{v}", "always", "instruction", 0.8, MemoryType.Procedural),
        new(@"^(?<when>yesterday|today|this morning|last (?:night|week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday)),? (?<v>(?:i|we) .+)$", null, null, "event", 0.4, MemoryType.Episodic),
        new(@"^(?<v>(?:i|we) .+?) (?<when>yesterday|this morning|last (?:night|week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday))$", null, null, "event", 0.4, MemoryType.Episodic),
    ];
}
