using ImageSearch.Server.Settings;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

public sealed class ServerSettingsTests
{
    [Fact]
    public void Every_setting_of_the_server_is_in_the_operations_guide()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));

        Assert.All(
            ServerSettings.Own(new ServerOptions()),
            setting => Assert.Contains($"| `{setting.Key}` | {setting.Summary} | {setting.Values} | {setting.Default} |", guide, StringComparison.Ordinal));
    }
}
