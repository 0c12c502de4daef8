// Keeps the kind that was asked for and puts its files where they belong.
import java.nio.file.Files
import java.nio.file.Paths

def root = Paths.get(request.outputDirectory, request.artifactId)
def own = root.resolve('kinds').resolve(request.properties['kind'])
def folder = request.properties['package'].replace('.', '/')
own.toFile().eachFileRecurse(groovy.io.FileType.FILES) { file ->
    def name = own.relativize(file.toPath()).toString()
    def target = root.resolve(name.replaceFirst('^(src/(?:main|test)/java/)', '$1' + folder + '/'))
    Files.createDirectories(target.parent)
    Files.move(file.toPath(), target)
}
root.resolve('kinds').toFile().deleteDir()
Files.move(root.resolve('gitignore'), root.resolve('.gitignore'))
