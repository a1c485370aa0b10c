using System.CommandLine;
using Overmind.Cli.Configuration;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class ConfigListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "List each setting, what it is and where that was said; secrets are masked");
        command.SetAction(parsed =>
        {
            var values = EffectiveConfiguration.Read(parsed, InstanceFolder.Of(parsed)).Values.ToList();
            // Not a table: it would break long values over lines where nobody looks at a terminal.
            var (names, shown) = (values.Max(value => value.Setting.Name.Length), values.Max(value => Shown(value).Length));
            Output.Write(parsed, new { Settings = values.Select(Describe) }, string.Join('\n', values.Select(value =>
                $"{value.Setting.Name.PadRight(names)}  {Shown(value).PadRight(shown)}  {value.Source}")));
        });
        return command;
    }

    static object Describe(SettingValue value) => new
    {
        value.Setting.Name,
        Value = value.Setting.Shown(value.Text),
        value.Source,
        value.Setting.Default,
        value.Setting.Variable,
        value.Setting.Flag,
        Type = value.Setting.Type.Words,
        value.Setting.Description,
    };

    static string Shown(SettingValue value) => value.Setting.Shown(value.Text) ?? "-";
}
