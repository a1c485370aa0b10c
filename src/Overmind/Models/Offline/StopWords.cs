namespace Overmind.Models.Offline;

/// <summary>
/// Words that say nothing about a question's matter: function words of the commonest languages, and the verbs by which English asks for something.
/// </summary>
static class StopWords
{
    static readonly HashSet<string> All =
    [
        .. """
        a about above after again against all also although always am among an and another any anyone anything are around as ask asked at away
        back be because been before being below best between both but by came can cannot come could did do does doing done down during each
        either else end enough etc even ever every everything few find first for from further gave get gets give given gives go goes going got
        had has have having he help her here hers herself him himself his how however i if in include includes including incorporate instead into
        is it its itself just keep know last least less let like likely list made make makes making many may maybe me mean might more most much
        must my myself need needs neither never no nor not now of off often on once one only onto or other others our ours ourselves out over own
        part per perhaps please put rather read really same say says see seem several shall she should show shows since so some someone something
        sort still such sure take takes tell than that the their theirs them themselves then there these they thing things this those though
        through thus to together too took toward under until up upon us use used uses using very via want wants was way ways we well were what
        whatever when where whether which while who whole whom whose why will with within without would write writes written yet you your yours
        yourself answer answers answered question questions response reply previous following provide provided provides create describe explain
        compose craft draft discuss develop identify suggest outline summarize rewrite rephrase revise modify update imagine suppose consider
        i'm i'd i'll i've you're you've it's that's there's don't doesn't didn't isn't aren't can't won't let's what's here's
        der die das den dem des ein eine einer eines einem einen und oder aber nicht ist sind war wie was wer wo warum ich du er sie es wir ihr
        mit von zu zum zur im in am an auf aus bei für über nach vor um dass wenn als auch nur noch so man kann wird werden haben hat bitte
        le la les un une des du de et ou mais pas est sont que qui quoi comment pourquoi où je tu il elle nous vous ils elles dans sur avec pour
        par plus ce cette ces se ne en au aux son sa ses leur peut être avoir fait
        el los las unos unas y o pero no es son qué quién cómo por para con sin sobre entre del al lo su sus mi tu yo él ella más este esta esto
        il lo gli uno ed ma non è che chi come perché di da nel nella sul con tra fra si ho hai ha più questo questa
        os as um uma e mas não é são quem porque em no na nos nas com sem do da dos das ao mais este esta
        de het een en of maar niet zijn wat wie hoe waarom met van naar voor op bij uit
        и в во не на что как с со по к у за из от то это этот эта а но или же бы для о об мы вы они он она
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>In lower case.</summary>
    public static IReadOnlyCollection<string> Words => All;

    /// <param name="word">In lower case.</param>
    public static bool Contains(string word) => All.Contains(word);
}
