return Spectral.Cli.CommandLine.Run(args);
