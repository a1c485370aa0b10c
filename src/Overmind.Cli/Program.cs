return await Overmind.Cli.CommandLine.RunAsync(args);
