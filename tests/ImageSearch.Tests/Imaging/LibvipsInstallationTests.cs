using ImageSearch.Imaging.Native;
using Xunit;

namespace ImageSearch.Tests.Imaging;

public sealed class LibvipsInstallationTests
{
    [Theory]
    [InlineData("ID=debian\nVERSION_ID=\"12\"\n", "apt-get install -y --no-install-recommends libvips42")]
    [InlineData("ID=debian\nVERSION_ID=\"13\"\n", "apt-get install -y --no-install-recommends libvips42t64")]
    [InlineData("ID=ubuntu\nVERSION_ID=\"22.04\"\nID_LIKE=debian\n", "apt-get install -y --no-install-recommends libvips42")]
    [InlineData("ID=ubuntu\nVERSION_ID=\"24.04\"\nID_LIKE=debian\n", "apt-get install -y --no-install-recommends libvips42t64 libheif-plugin-libde265")]
    [InlineData("ID=alpine\nVERSION_ID=3.22.1\n", "apk add vips vips-heif")]
    [InlineData("ID=rocky\nID_LIKE=\"rhel centos fedora\"\n", "dnf install -y vips")]
    [InlineData("", "npm install --prefix native @img/sharp-libvips-linux-x64")]
    [InlineData("ID=debian\nID=twice\nno equals sign\n", "apt-get install -y --no-install-recommends libvips42")]
    public void The_advice_is_the_command_of_the_system(string osRelease, string command) =>
        Assert.Equal($"Install it with: {command}", InstallAdvice.ForLinux(osRelease));

    [Fact]
    public void A_library_that_the_user_names_is_the_only_one_tried() =>
        Assert.Equal(["/opt/libvips.so"], LibvipsCandidates.InOrder("/opt/libvips.so", AppContext.BaseDirectory));

    [Fact]
    public void The_npm_package_above_the_program_comes_after_the_system()
    {
        var root = Directory.CreateTempSubdirectory("imagesearch-");
        try
        {
            var library = Path.Combine(root.FullName, "native", "node_modules", "@img", "sharp-libvips-linux-x64", "lib", "libvips-cpp.so.8.18.7");
            Directory.CreateDirectory(Path.GetDirectoryName(library)!);
            File.WriteAllText(library, "");
            var program = root.CreateSubdirectory("bin");

            var candidates = LibvipsCandidates.InOrder(null, program.FullName).ToList();

            Assert.Equal(OperatingSystem.IsLinux() ? ["libvips.so.42", library] : candidates, candidates);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
