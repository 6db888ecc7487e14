using System.Runtime.InteropServices;
using AgentScaler.Environments.Engine;

namespace AgentScaler.Core.Tests.Environments.Engine;

[Collection(AloneOnTheMachine.Name)]
public sealed class NativeHeapTests
{
    private const int Blocks = 4000;
    private const int BlockSize = 32 << 10;

    [Fact]
    public void Trim_FreeBlocksBetweenUsedOnes_GoBackToTheSystem()
    {
        // The C library gives back by itself only what is free at the end of its heap.
        var blocks = Allocate(BlockSize);
        var used = Environment.WorkingSet;
        for (var i = 0; i < blocks.Length; i += 2)
        {
            Marshal.FreeHGlobal(blocks[i]);
        }

        var trimmed = NativeHeap.Trim();

        var after = Environment.WorkingSet;
        for (var i = 1; i < blocks.Length; i += 2)
        {
            Marshal.FreeHGlobal(blocks[i]);
        }

        // musl, macOS and Windows need no asking.
        var isGlibc = OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out _);
        Assert.Equal(isGlibc, trimmed);
        Assert.True(!isGlibc || used - after > Blocks / 2 * BlockSize / 2, $"{used} bytes were in use, {after} are after trimming");
    }

    private static nint[] Allocate(int size)
    {
        var blocks = new nint[Blocks];
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(size);
            for (var at = 0; at < size; at += 1 << 10)
            {
                Marshal.WriteByte(blocks[i], at, 1);
            }
        }

        return blocks;
    }
}
